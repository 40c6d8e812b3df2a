import { vi } from "vitest";

/** A browser's request as far as uploads use it; what becomes of it is the test's to say. */
export class UploadRequest {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 204;
  responseText = "";
  sent?: FormData;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;

  open() {}

  send(data: FormData) {
    this.sent = data;
  }

  abort() {
    this.onabort?.();
  }

  /** The store's answer. */
  answer(status = 204, body = "") {
    this.status = status;
    this.responseText = body;
    this.onload?.();
  }
}

/** Catch the uploads of one test; the requests come into the list that is returned. */
export function caught(): UploadRequest[] {
  const all: UploadRequest[] = [];
  vi.stubGlobal(
    "XMLHttpRequest",
    class extends UploadRequest {
      constructor() {
        super();
        all.push(this);
      }
    },
  );
  return all;
}
