import { useMemo } from "react";
import { useNotices } from "@/app/notices";
import { useRepositoriesApi } from "../api";
import { useRefresh } from "../queries";
import { keyOf } from "../status";
import type { Document } from "../types";
import { download, openAtPage } from "./opening";

/** What one does with one document; what fails is told. */
export function useDocumentActions() {
  const api = useRepositoriesApi();
  const refresh = useRefresh();
  const notices = useNotices();
  return useMemo(() => {
    const told = async (header: string, work: () => Promise<unknown>) => {
      try {
        await work();
      } catch (error) {
        notices.fail(header, error);
      }
    };
    const address = async ({ repositoryId, documentId }: Document) =>
      (await api.download(repositoryId, documentId)).url;
    return {
      open: (one: Document) =>
        told(`${one.documentName} could not be opened`, () =>
          openAtPage(one.mediaType, undefined, () => address(one)),
        ),
      download: (one: Document) =>
        told(`${one.documentName} could not be downloaded`, async () =>
          download(await address(one)),
        ),
      again: (one: Document) =>
        told(`${one.documentName} could not be read again`, async () => {
          await api.ingest(one, [keyOf(one)]);
          await refresh();
        }),
    };
  }, [api, refresh, notices]);
}
