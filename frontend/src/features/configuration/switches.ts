import type { Part } from "@/environment";
import type { EnabledComponents, Switch } from "./types";

export interface SwitchText {
  name: Switch;
  label: string;
  /** What people can do when it is on. */
  description: string;
  /** The switch without which it is nothing. */
  needs?: Switch;
  /** The part of the installation whose switch it is; of several, each has to be there. */
  parts?: Part[];
}

/** Every switch, in the order in which they are shown. */
export const SWITCHES: { title: string; switches: SwitchText[] }[] = [
  {
    title: "Chat",
    switches: [
      {
        name: "editKwargs",
        label: "Change parameters",
        description: "Temperature, most tokens and the like, for each conversation.",
        parts: ["chat"],
      },
      {
        name: "editChatHistoryBuffer",
        label: "Change how much history is sent",
        description: "How many earlier messages a model reads.",
        parts: ["chat"],
      },
      {
        name: "viewMetaData",
        label: "See figures of answers",
        description: "Tokens, times and cost below each answer.",
        parts: ["chat"],
      },
      {
        name: "deleteSessionHistory",
        label: "Delete conversations",
        description: "One or all of one's own.",
        parts: ["chat"],
      },
      {
        name: "enableModelComparisonUtility",
        label: "Compare models",
        description: "One question to up to four models, side by side.",
        parts: ["chat", "serve"],
      },
    ],
  },
  {
    title: "Documents",
    switches: [
      {
        name: "ragSelectionAvailable",
        label: "Ask documents in the chat",
        description: "Choose a repository whose passages a model answers from.",
        parts: ["rag"],
      },
      {
        name: "editNumOfRagDocument",
        label: "Change the number of passages",
        description: "How many passages go with a question.",
        needs: "ragSelectionAvailable",
        parts: ["rag"],
      },
      {
        name: "uploadRagDocs",
        label: "Upload documents into repositories",
        description: "Curators can always.",
        needs: "ragSelectionAvailable",
        parts: ["rag"],
      },
      {
        name: "showRagLibrary",
        label: "See the repositories",
        description: "The page that lists repositories and their documents.",
        parts: ["rag"],
      },
      {
        name: "uploadContextDocs",
        label: "Attach files to a conversation",
        description: "Their text goes with the question, and into no repository.",
        parts: ["rag"],
      },
      {
        name: "documentSummarization",
        label: "Summarise long files",
        description: "What is too long for a model, in parts.",
        needs: "uploadContextDocs",
        parts: ["rag"],
      },
    ],
  },
  {
    title: "Prompts, models and tokens",
    switches: [
      {
        name: "showPromptTemplateLibrary",
        label: "See the prompt library",
        description: "The page that lists personas and directives.",
        parts: ["chat"],
      },
      {
        name: "editPromptTemplate",
        label: "Write prompt templates",
        description: "Make, change and delete one's own.",
        parts: ["chat"],
      },
      {
        name: "modelLibrary",
        label: "See the model library",
        description: "The page that describes the models that one may call.",
        parts: ["serve"],
      },
      {
        name: "enableUserApiTokens",
        label: "Make API tokens",
        description: "Administrators can always; tokens that exist keep working.",
      },
    ],
  },
];

const ALL = SWITCHES.flatMap((group) => group.switches);

/** Return the groups of switches of what is installed. */
export function switchesOf(installed: Part[]): typeof SWITCHES {
  const there = (one: SwitchText) => one.parts?.every((part) => installed.includes(part)) ?? true;
  return SWITCHES.map((group) => ({ ...group, switches: group.switches.filter(there) })).filter(
    (group) => group.switches.length > 0,
  );
}

/** Return the switches with those off that belong to parts which are not installed. */
export function installed(enabled: EnabledComponents, parts: Part[]): EnabledComponents {
  const there = new Set(switchesOf(parts).flatMap((group) => group.switches));
  const off = ALL.filter((one) => !there.has(one)).map((one) => [one.name, false]);
  return { ...enabled, ...Object.fromEntries(off) };
}

export function labelOf(name: Switch): string {
  return ALL.find((one) => one.name === name)?.label ?? name;
}

/** Return the switches with one of them turned; what needs one that goes off goes off with it. */
export function turned(enabled: EnabledComponents, name: Switch, on: boolean): EnabledComponents {
  const next = { ...enabled, [name]: on };
  for (const one of ALL) {
    if (one.needs && !next[one.needs]) next[one.name] = false;
  }
  return next;
}
