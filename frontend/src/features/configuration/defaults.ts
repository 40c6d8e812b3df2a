import type { Configuration } from "./types";

/** What holds until something else was saved. */
export const DEFAULTS: Configuration = {
  enabledComponents: {
    deleteSessionHistory: true,
    viewMetaData: true,
    editKwargs: true,
    editPromptTemplate: true,
    editChatHistoryBuffer: true,
    editNumOfRagDocument: true,
    uploadRagDocs: true,
    ragSelectionAvailable: true,
    uploadContextDocs: true,
    documentSummarization: true,
    showRagLibrary: true,
    showPromptTemplateLibrary: true,
    modelLibrary: true,
    enableModelComparisonUtility: true,
    enableUserApiTokens: true,
  },
  systemBanner: { isEnabled: false, text: "", textColor: "#000000", backgroundColor: "#ffffff" },
  announcement: { isEnabled: false, message: "" },
  global: { defaultModel: "" },
};

type Partly = { [Part in keyof Configuration]?: Partial<Configuration[Part]> };

/** Return a saved configuration with the defaults for what it does not know yet. */
export function complete(saved: Partly): Configuration {
  return {
    enabledComponents: { ...DEFAULTS.enabledComponents, ...saved.enabledComponents },
    systemBanner: { ...DEFAULTS.systemBanner, ...saved.systemBanner },
    announcement: { ...DEFAULTS.announcement, ...saved.announcement },
    global: { ...DEFAULTS.global, ...saved.global },
  };
}
