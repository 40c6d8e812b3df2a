/** What an administrator can switch on and off for everybody. */
export interface EnabledComponents {
  deleteSessionHistory: boolean;
  viewMetaData: boolean;
  editKwargs: boolean;
  editPromptTemplate: boolean;
  editChatHistoryBuffer: boolean;
  editNumOfRagDocument: boolean;
  uploadRagDocs: boolean;
  ragSelectionAvailable: boolean;
  uploadContextDocs: boolean;
  documentSummarization: boolean;
  showRagLibrary: boolean;
  showPromptTemplateLibrary: boolean;
  modelLibrary: boolean;
  enableModelComparisonUtility: boolean;
  enableUserApiTokens: boolean;
}

export type Switch = keyof EnabledComponents;

/** Plain text above and below every page; colours are `#rrggbb`. */
export interface SystemBanner {
  isEnabled: boolean;
  text: string;
  textColor: string;
  backgroundColor: string;
}

export interface Configuration {
  enabledComponents: EnabledComponents;
  systemBanner: SystemBanner;
  /** Plain text of 500 characters at most. */
  announcement: { isEnabled: boolean; message: string };
  global: {
    /** A model's id; empty for none. */
    defaultModel: string;
  };
}

/** One saved state; version 0 is what holds when nothing was ever saved. */
export interface Version {
  configScope: "global";
  versionId: number;
  configuration: Configuration;
  changedBy: string;
  changeReason: string;
  /** ISO 8601, UTC; null of version 0, which nobody saved. */
  createdAt: string | null;
}
