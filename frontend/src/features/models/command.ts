import { z } from "@/app/zod";

/** A container's command: for its shell, or a program with its arguments. */
type Command = string | string[];

/** Text that begins with a bracket is a program and its arguments, as JSON; other text is the shell's. */
export const command = z.string().refine((text) => usable(text), {
  message: 'Give a line for the shell, or a list such as ["CMD", "/bin/check", "--fast"].',
});

/** Return a command as the API takes it. */
export function commandOf(text: string): Command {
  return text.trim().startsWith("[") ? (JSON.parse(text) as string[]) : text.trim();
}

/** Return the text of a command. */
export function commandLine(given: Command): string {
  if (typeof given === "string") return given;
  const [first, line, ...more] = given;
  return first === "CMD-SHELL" && line !== undefined && more.length === 0 && !line.startsWith("[")
    ? line
    : JSON.stringify(given);
}

function usable(text: string): boolean {
  try {
    const given: unknown = commandOf(text);
    if (!Array.isArray(given)) return given !== "";
    const words = given.every((word) => typeof word === "string");
    return words && ["CMD", "CMD-SHELL"].includes(String(given[0]));
  } catch {
    return false;
  }
}
