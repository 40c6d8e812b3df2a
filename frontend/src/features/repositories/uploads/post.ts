import type { UploadForm } from "../types";

/** What S3 says of a form that it refuses. */
const REFUSALS: Record<string, string> = {
  EntityTooLarge: "The file is too large. Split it, and upload the parts.",
  EntityTooSmall: "The file is empty. Choose one that has a content.",
};
const EXPIRED = "The upload was not begun in time. Try again.";

/** The file was not taken; the message says why and what to do. */
export class UploadRefused extends Error {}

/**
 * Put a file where a form says, by XMLHttpRequest, since fetch tells no progress.
 *
 * @param onSent is told how much was sent, 0 to 1.
 * @throws UploadRefused, or an AbortError once `signal` has ended it.
 */
export function post(
  form: Pick<UploadForm, "url" | "fields">,
  file: File,
  onSent: (share: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(refusal(request.status, request.responseText));
    };
    request.onerror = () =>
      reject(new UploadRefused("The connection broke off. Check your network, and try again."));
    request.onabort = () => reject(new DOMException("The upload was ended.", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", form.url);
    request.send(filled(form.fields, file));
  });
}

/** S3 reads nothing of a form that comes after its file. */
function filled(fields: Record<string, string>, file: File): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append("file", file);
  return data;
}

export function refusal(status: number, body: string): UploadRefused {
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? "";
  const known = REFUSALS[code] ?? (/expired/i.test(body) ? EXPIRED : undefined);
  return new UploadRefused(known ?? `The store refused the file (${status} ${code}). Try again.`);
}
