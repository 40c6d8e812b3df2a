import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import type { StoreType } from "../types";
import { CheckRow, SelectRow, TextRow } from "./fields";
import type { RepositoryDraft } from "./repositoryDraft";
import type { FormState } from "./useForm";

type Form = FormState<RepositoryDraft>;

/** Where the vectors lie: which database, and how it is reached or made. */
export function StoreFields({ form }: { form: Form }) {
  const { type, place } = form.values;
  return (
    <Container header={<Header variant="h2">Database</Header>}>
      <SpaceBetween size="m">
        <FormField label="Kind" stretch>
          <Tiles
            value={type}
            onChange={({ detail }) => form.set("type", detail.value as StoreType)}
            items={KINDS}
          />
        </FormField>
        <FormField label="Where" stretch>
          <Tiles
            value={place}
            onChange={({ detail }) => form.set("place", detail.value as Form["values"]["place"])}
            items={PLACES}
          />
        </FormField>
        {type === "pgvector" && place === "existing" && <Postgres form={form} />}
        {type === "pgvector" && place === "new" && <NewPostgres form={form} />}
        {type === "opensearch" && place === "existing" && <OpenSearch form={form} />}
        {type === "opensearch" && place === "new" && <NewOpenSearch form={form} />}
      </SpaceBetween>
    </Container>
  );
}

const KINDS = [
  {
    value: "pgvector",
    label: "PostgreSQL",
    description: "With pgvector 0.8 or newer. Enough for most.",
  },
  {
    value: "opensearch",
    label: "OpenSearch",
    description: "A domain, or a Serverless collection.",
  },
];

const PLACES = [
  {
    value: "existing",
    label: "One that exists",
    description: "It is asked before the repository is made.",
  },
  {
    value: "new",
    label: "LISA makes it",
    description: "In your account. It costs money while it runs, and goes with the repository.",
  },
];

const VERSIONS = [{ value: "17" }, { value: "16" }];
const ENGINES = [{ value: "faiss" }, { value: "lucene" }];
const LEADERS = [{ value: "0", label: "None" }, { value: "3" }, { value: "5" }];

const TLS = [
  { value: "require", label: "Encrypted" },
  { value: "verify", label: "Encrypted, and it is verified who answers" },
  { value: "off", label: "Off, for a database on this machine" },
];

function Postgres({ form }: { form: Form }) {
  return (
    <SpaceBetween size="m">
      <TextRow form={form} name="dbHost" label="Host" placeholder="hr.cluster-abc.rds.example" />
      <TextRow form={form} name="dbPort" label="Port" type="number" />
      <TextRow form={form} name="dbName" label="Database" />
      <TextRow form={form} name="username" label="User" placeholder="lisa" />
      <Secret form={form} />
      <SelectRow form={form} name="tls" label="Encryption" options={TLS} />
    </SpaceBetween>
  );
}

function Secret({ form }: { form: Form }) {
  return (
    <TextRow
      form={form}
      name="passwordSecretId"
      label="Secret with the password – optional"
      hint="The name of a secret of Secrets Manager that is meant for LISA’s repositories. Without it IAM signs the user in."
      placeholder="lisa/repositories/hr"
    />
  );
}

function NewPostgres({ form }: { form: Form }) {
  return (
    <SpaceBetween size="m">
      <TextRow form={form} name="instanceClass" label="Instance class" />
      <TextRow form={form} name="storage" label="Storage in GiB" type="number" />
      <SelectRow form={form} name="version" label="Version" options={VERSIONS} />
      <CheckRow
        form={form}
        name="multiAz"
        label="A second one in another zone"
        hint="It takes over if the first one fails, and doubles the price."
      />
    </SpaceBetween>
  );
}

function OpenSearch({ form }: { form: Form }) {
  return (
    <SpaceBetween size="m">
      <TextRow
        form={form}
        name="endpoint"
        label="Endpoint"
        placeholder="https://search-hr-abc.eu-west-1.es.example"
      />
      <TextRow
        form={form}
        name="username"
        label="User – optional"
        hint="With a secret. Without both, IAM signs the requests."
      />
      <Secret form={form} />
      <SelectRow
        form={form}
        name="engine"
        label="Search library"
        hint="Of a domain’s indices; Serverless has faiss alone."
        options={ENGINES}
      />
    </SpaceBetween>
  );
}

function NewOpenSearch({ form }: { form: Form }) {
  return (
    <SpaceBetween size="m">
      <TextRow form={form} name="dataNodes" label="Data nodes" type="number" />
      <TextRow form={form} name="dataNodeInstanceType" label="Instance type of a data node" />
      <TextRow form={form} name="volumeSize" label="GiB for each node" type="number" />
      <SelectRow
        form={form}
        name="masterNodes"
        label="Nodes that only lead"
        hint="They keep a large domain steady; a small one leads itself."
        options={LEADERS}
      />
      {form.values.masterNodes !== "0" && (
        <TextRow form={form} name="masterNodeInstanceType" label="Instance type of these" />
      )}
    </SpaceBetween>
  );
}
