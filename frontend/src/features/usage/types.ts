import type { components, operations } from "@/api/schema";

type Schemas = components["schemas"];

/** By what usage is listed. */
export type By = Schemas["By"];

/**
 * `unmetered` are answers that told no tokens, so that the totals are too low. Times are in
 * milliseconds, and null where there was nothing.
 */
export type Figures = Schemas["FiguresView"];

/** The figures of one day, model, user, token or group, under the key of that name. */
export type Row = Schemas["UsageRow"];

/**
 * `from` and `to` are the first and the last day, both included, as `yyyy-mm-dd` of UTC;
 * `omitted` tells how many rows were left out because there are too many.
 */
export type Report = Schemas["UsageReport"];

/** What the report is asked with. */
export type Asked = NonNullable<operations["getUsage"]["parameters"]["query"]>;
