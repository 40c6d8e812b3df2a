import { type Api, dataOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { Attachment } from "../types";

type Schemas = components["schemas"];

export const MOST_BYTES = 20 * 1024 * 1024;

/** A file's text as the API read it; `fits` is null where nobody knows the model's window. */
export type ReadFile = Attachment &
  Pick<Schemas["Attachment"], "truncated" | "fits" | "warnings"> & { key: string };

/** How a form is posted; `told` hears the share that has left, 0 to 1. */
export type Post = (
  url: string,
  form: FormData,
  told: (share: number) => void,
  signal: AbortSignal,
) => Promise<void>;

/** Upload a file and return its text. Throws an ApiError, or an Error in words. */
export async function readFile(
  api: Api,
  file: File,
  model: string,
  told: (share: number) => void,
  signal: AbortSignal,
  post: Post = posted,
): Promise<ReadFile> {
  const body = { fileName: file.name };
  const form = await dataOf(api.POST("/attachment/presigned-url", { body, signal }));
  const data = new FormData();
  for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
  data.append("file", file);
  await post(form.url, data, told, signal);
  const read = await dataOf(
    api.POST("/attachment", { body: { key: form.key, ...(model ? { model } : {}) }, signal }),
  );
  const { name, mediaType, tokens, text, truncated, fits, warnings } = read;
  return { name, mediaType, tokens, text, truncated, fits, warnings, key: form.key };
}

const BETWEEN_MS = 1_500;

/** Have a file summarised, and return the summary. `told` hears how many parts are done. */
export async function summarise(
  api: Api,
  key: string,
  model: string,
  told: (share: number) => void,
  signal: AbortSignal,
  betweenMs = BETWEEN_MS,
): Promise<string> {
  const body = { key, model };
  let state = await dataOf(api.POST("/summary", { body, signal }));
  while (state.status === "PENDING" || state.status === "IN_PROGRESS") {
    await pause(betweenMs, signal);
    const params = { path: { summaryId: state.summaryId } };
    state = await dataOf(api.GET("/summary/{summaryId}", { params, signal }));
    const { done, parts } = state.progress;
    told(parts > 0 ? done / parts : 0);
  }
  if (state.status === "COMPLETED" && state.summary) return state.summary;
  const { message, fix } = state.reason ?? { message: "There is no summary.", fix: "Try again." };
  throw new Error(`${message} ${fix}`);
}

/** fetch does not tell how much has left; XMLHttpRequest does. */
const posted: Post = (url, form, told, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new Error(`The file was not stored (${request.status}). Try again.`));
    request.onerror = () =>
      reject(new Error("The file could not be sent. Check your connection, and try again."));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("aborted", "AbortError"));
    });
  });
}
