import type { components } from "@/api/schema";

type Schemas = components["schemas"];

/** What an administrator can switch on and off for everybody. */
export type EnabledComponents = Schemas["EnabledComponents-Output"];

export type Switch = keyof EnabledComponents;

/** Plain text above and below every page; colours are `#rrggbb`. */
export type SystemBanner = Schemas["SystemBanner-Output"];

/** The announcement is plain text of 500 characters at most; the default model may be empty. */
export type Configuration = Schemas["Configuration-Output"];

/** One saved state; version 0 is what holds when nothing was ever saved. */
export type Version = Schemas["ConfigurationVersion"];
