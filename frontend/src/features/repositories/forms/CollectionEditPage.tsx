import { useNavigate, useParams } from "react-router";
import { useNotices } from "@/app/notices";
import { useRepositoriesApi } from "../api";
import { Loaded } from "../parts";
import { useCollection, useRefresh } from "../queries";
import type { Collection } from "../types";
import { CollectionFields } from "./CollectionFields";
import { draftOf, RULES, requestOf } from "./collectionDraft";
import { FormPage } from "./FormPage";
import { useForm } from "./useForm";

export default function CollectionEditPage() {
  const { repositoryId = "", collectionId = "" } = useParams();
  return (
    <Loaded what="collection" answer={useCollection(repositoryId, collectionId)}>
      {(collection) => <Edited collection={collection} />}
    </Loaded>
  );
}

function Edited({ collection }: { collection: Collection }) {
  const { repositoryId, collectionId, name, embeddingModel, language } = collection;
  const here = `/repositories/${repositoryId}/${collectionId}`;
  const api = useRepositoriesApi();
  const refresh = useRefresh(repositoryId);
  const notices = useNotices();
  const navigate = useNavigate();
  const form = useForm(draftOf(collection), RULES, async (draft) => {
    const body = requestOf(draft, collection);
    const saved = await api.updateCollection(repositoryId, collectionId, body);
    await refresh();
    notices.tell("success", `${saved.name} was saved`);
    navigate(here);
  });
  return (
    <FormPage
      title={`Edit ${name}`}
      description={`Its embedding model (${embeddingModel}) and language (${language}) stay.`}
      verb="Save"
      back={here}
      form={form}
    >
      <CollectionFields form={form} />
    </FormPage>
  );
}
