import type { Message } from "../types";

/** A conversation's messages with all their branches, and the branch that is shown. */
export interface Tree {
  messages: Readonly<Record<string, Message>>;
  /** The answers to each message, the oldest first; those of "" begin the conversation. */
  children: Readonly<Record<string, readonly string[]>>;
  /** The last message of the branch that is shown. */
  leaf: string | null;
}

export const EMPTY: Tree = { messages: {}, children: {}, leaf: null };

const ROOT = "";

/** Return the tree with messages that are new to it, and with later revisions of those that are not. */
export function merged(tree: Tree, arriving: readonly Message[], keep = new Set<string>()): Tree {
  const messages = { ...tree.messages };
  const children = { ...tree.children };
  for (const message of arriving) {
    const known = messages[message.messageId];
    if (!known) {
      const siblings = children[message.parentId ?? ROOT] ?? [];
      children[message.parentId ?? ROOT] = [...siblings, message.messageId].sort();
      messages[message.messageId] = message;
    } else if (!keep.has(message.messageId) && later(message, known)) {
      messages[message.messageId] = message;
    }
  }
  return { messages, children, leaf: tree.leaf };
}

export function treeOf(messages: readonly Message[]): Tree {
  return merged(EMPTY, messages);
}

/** Return the tree with some fields of one message replaced. */
export function changed(tree: Tree, messageId: string, fields: Partial<Message>): Tree {
  const known = tree.messages[messageId];
  if (!known) return tree;
  return { ...tree, messages: { ...tree.messages, [messageId]: { ...known, ...fields } } };
}

/** Return the branch that ends at a message, its beginning first. */
export function pathTo(tree: Tree, leaf: string | null): Message[] {
  const path: Message[] = [];
  const seen = new Set<string>();
  for (let at = leaf; at && !seen.has(at); ) {
    seen.add(at);
    const message: Message | undefined = tree.messages[at];
    if (!message) break;
    path.push(message);
    at = message.parentId;
  }
  return path.reverse();
}

export interface Place {
  /** From 1. */
  number: number;
  of: number;
}

/** Return which version a message is of those that answer the same one. */
export function placeOf(tree: Tree, message: Message): Place {
  const siblings = tree.children[message.parentId ?? ROOT] ?? [];
  return { number: siblings.indexOf(message.messageId) + 1, of: siblings.length };
}

/** Return the leaf to show when the version `step` away from a message is chosen. */
export function neighbour(tree: Tree, message: Message, step: number): string | null {
  const siblings = tree.children[message.parentId ?? ROOT] ?? [];
  const chosen = siblings[siblings.indexOf(message.messageId) + step];
  return chosen ? newestBelow(tree, chosen) : tree.leaf;
}

/** Return the end of the branch that was begun last below a message, or last of all. */
export function newestBelow(tree: Tree, from: string | null): string | null {
  let at = from;
  for (;;) {
    const next: string | undefined = tree.children[at ?? ROOT]?.at(-1);
    if (!next) return at;
    at = next;
  }
}

function later(arriving: Message, known: Message): boolean {
  return (arriving.revision ?? 0) > (known.revision ?? 0);
}
