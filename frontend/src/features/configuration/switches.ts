import type { EnabledComponents, Switch } from "./types";

export interface SwitchText {
  name: Switch;
  label: string;
  /** What people can do when it is on. */
  description: string;
  /** The switch without which it is nothing. */
  needs?: Switch;
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
      },
      {
        name: "editChatHistoryBuffer",
        label: "Change how much history is sent",
        description: "How many earlier messages a model reads.",
      },
      {
        name: "viewMetaData",
        label: "See figures of answers",
        description: "Tokens, times and cost below each answer.",
      },
      {
        name: "deleteSessionHistory",
        label: "Delete conversations",
        description: "One or all of one's own.",
      },
      {
        name: "enableModelComparisonUtility",
        label: "Compare models",
        description: "One question to up to four models, side by side.",
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
      },
      {
        name: "editNumOfRagDocument",
        label: "Change the number of passages",
        description: "How many passages go with a question.",
        needs: "ragSelectionAvailable",
      },
      {
        name: "uploadRagDocs",
        label: "Upload documents into repositories",
        description: "Curators can always.",
        needs: "ragSelectionAvailable",
      },
      {
        name: "showRagLibrary",
        label: "See the repositories",
        description: "The page that lists repositories and their documents.",
      },
      {
        name: "uploadContextDocs",
        label: "Attach files to a conversation",
        description: "Their text goes with the question, and into no repository.",
      },
      {
        name: "documentSummarization",
        label: "Summarise long files",
        description: "What is too long for a model, in parts.",
        needs: "uploadContextDocs",
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
      },
      {
        name: "editPromptTemplate",
        label: "Write prompt templates",
        description: "Make, change and delete one's own.",
      },
      {
        name: "modelLibrary",
        label: "See the model library",
        description: "The page that describes the models that one may call.",
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
