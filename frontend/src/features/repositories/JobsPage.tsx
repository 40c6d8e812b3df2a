import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Pagination from "@cloudscape-design/components/pagination";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useParams } from "react-router";
import { moment } from "@/app/format";
import { useCaller } from "@/auth/session";
import { ListTable } from "./list/ListTable";
import { usePages } from "./list/paging";
import { Status, Trail } from "./parts";
import { useJobs, useRepository } from "./queries";
import { jobStatus, moves } from "./status";
import type { Job, JobsPage as Page } from "./types";

const SPANS = [
  { value: "24", label: "Last day" },
  { value: "168", label: "Last 7 days" },
  { value: "720", label: "Last 30 days" },
  { value: "2160", label: "Last 90 days" },
];

export default function JobsPage() {
  const { repositoryId = "" } = useParams();
  const { curator } = useCaller();
  const repository = useRepository(repositoryId);
  const [hours, setHours] = useState("720");
  const pages = usePages();
  const answer = useJobs(repositoryId, {
    timeLimit: Number(hours),
    lastEvaluatedKey: pages.cursor,
  });
  return (
    <SpaceBetween size="l">
      <Trail repositoryId={repositoryId} repository={repository.data} here="Jobs" />
      <FormField label="When">
        <Select
          options={SPANS}
          selectedOption={SPANS.find(({ value }) => value === hours) ?? null}
          onChange={({ detail }) => {
            setHours(detail.selectedOption.value ?? "720");
            pages.restart();
          }}
        />
      </FormField>
      <ListTable<Job>
        what="jobs"
        trackBy="id"
        answer={answer}
        items={answer.data?.jobs ?? []}
        columnDefinitions={COLUMNS}
        empty={{
          hint: "Each document that is added or removed is a job. There was none in this time.",
        }}
        header={
          <Header variant="h1" description={told(curator, answer.data)}>
            Jobs
          </Header>
        }
        pagination={<Pagination {...pages.pagination(answer.data?.lastEvaluatedKey)} />}
      />
    </SpaceBetween>
  );
}

function told(curator: boolean, page: Page | undefined): string {
  const whose = curator ? "What became of each request." : "What became of your requests.";
  if (!page || page.totals.total === 0) return whose;
  const { total, completed, failed } = page.totals;
  return `${whose} On this page: ${total}, ${completed} done, ${failed} failed.`;
}

const COLUMNS: TableProps.ColumnDefinition<Job>[] = [
  {
    id: "document",
    header: "Document",
    isRowHeader: true,
    minWidth: 200,
    cell: (one) => (
      <Link href={`#/repositories/${one.repositoryId}/${one.collectionId}`}>
        {one.documentName}
      </Link>
    ),
  },
  {
    id: "type",
    header: "What",
    minWidth: 110,
    cell: (one) => (one.jobType === "document_deletion" ? "Removal" : "Ingestion"),
  },
  { id: "status", header: "Status", minWidth: 150, cell: (one) => <State job={one} /> },
  { id: "begun", header: "Begun", minWidth: 150, cell: (one) => moment(one.createdAt) },
  { id: "changed", header: "Last change", minWidth: 150, cell: (one) => moment(one.updatedAt) },
  {
    id: "by",
    header: "By",
    minWidth: 100,
    cell: (one) => one.username ?? (one.ingestionType === "auto" ? "A pipeline" : "–"),
  },
];

function State({ job }: { job: Job }) {
  if (moves(job) && job.progress > 0) {
    return (
      <ProgressBar
        variant="standalone"
        value={Math.round(job.progress * 100)}
        ariaLabel={`Progress of ${job.documentName}`}
      />
    );
  }
  return <Status shown={jobStatus(job)} reason={job.reason} />;
}
