const PDF = "%PDF-";
const MOST_BYTES = 60 * 1024 * 1024;

/**
 * Return an address at which the browser shows a PDF at a page; null for what is none.
 *
 * The store sends every file as one to keep. What begins as a PDF is given to the browser's own
 * viewer as such, from the page's memory, and never as anything that could run.
 */
export async function pdfAt(
  url: string,
  page: number | undefined,
  ask: typeof fetch = fetch,
): Promise<string | null> {
  const response = await ask(url);
  if (!response.ok) throw new Error(`The document's store answered ${response.status}. Try again.`);
  const bytes = await response.arrayBuffer();
  const begin = new TextDecoder("latin1").decode(bytes.slice(0, PDF.length));
  if (begin !== PDF || bytes.byteLength > MOST_BYTES) return null;
  const blob = new Blob([bytes], { type: "application/pdf" });
  return `${URL.createObjectURL(blob)}${page ? `#page=${page}` : ""}`;
}
