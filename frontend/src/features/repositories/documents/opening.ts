/** How a document's file is shown: beside the application, and never as a page of its own. */

const LARGEST = 50 * 1024 * 1024;

/** The type that a browser may show a file as, or undefined for one that is only downloaded. */
export function showable(mediaType: string | null | undefined): string | undefined {
  if (mediaType === "application/pdf") return mediaType;
  // Markup and code are shown as the text that they are: no script of theirs runs.
  const text = /^text\/|^application\/(json|jsonl|yaml|xml)$/.test(mediaType ?? "");
  return text ? "text/plain;charset=utf-8" : undefined;
}

/**
 * Show a document in a window of its own, a PDF at a page; what cannot be shown is downloaded.
 *
 * Call it when somebody has clicked: browsers open windows for nobody else. `address` is asked for
 * when the window is there, since it is good for minutes only.
 */
export async function openAtPage(
  mediaType: string | null | undefined,
  page: number | undefined,
  address: () => Promise<string>,
): Promise<void> {
  const type = showable(mediaType);
  const view = type ? window.open("", "_blank") : null;
  try {
    const url = await address();
    const blob = view && type ? await fetched(url, type) : undefined;
    if (!view || !blob) {
      view?.close();
      download(url);
      return;
    }
    const shown = URL.createObjectURL(blob);
    view.location.replace(page === undefined ? shown : `${shown}#page=${page}`);
    window.setTimeout(() => URL.revokeObjectURL(shown), 60_000);
  } catch (error) {
    view?.close();
    throw error;
  }
}

/** The store answers with an attachment, so that this page stays. */
export function download(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.rel = "noopener noreferrer";
  document.body.append(link);
  link.click();
  link.remove();
}

/** The file under a type of our choice, or undefined where the store lets no page read it. */
async function fetched(url: string, type: string): Promise<Blob | undefined> {
  try {
    const answer = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok || Number(answer.headers.get("content-length") ?? 0) > LARGEST) return undefined;
    return new Blob([await answer.arrayBuffer()], { type });
  } catch {
    return undefined;
  }
}
