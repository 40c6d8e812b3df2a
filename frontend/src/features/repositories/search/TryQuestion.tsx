import "./search.css";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { sentence } from "@/api/errors";
import { Loading } from "@/app/Loading";
import { useForm } from "../forms/useForm";
import { useSearch } from "../queries";
import type { Collection, Question } from "../types";
import { MODES } from "../words";
import { Hits } from "./Hits";
import { QuestionOptions } from "./QuestionOptions";
import { EMPTY, questionOf, RULES } from "./question";

const USUAL = { value: "", label: "As the collection is set" };
const MODE_OPTIONS = [USUAL, ...Object.entries(MODES).map(([value, label]) => ({ value, label }))];
const COUNTS = ["3", "5", "10", "20"].map((value) => ({ value, label: `${value} passages` }));

/** Ask a collection something, to see what a chat would be told and how sure the search is. */
export function TryQuestion({ collection }: { collection: Collection }) {
  const [asked, setAsked] = useState<Question>();
  const answer = useSearch(collection.repositoryId, collection.collectionId, asked);
  const form = useForm(EMPTY, RULES, async (draft) => {
    const question = questionOf(draft);
    setAsked(question);
    if (JSON.stringify(asked) === JSON.stringify(question)) await answer.refetch();
  });
  const { text, mode, count } = form.values;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <SpaceBetween size="m">
      <form onSubmit={ask}>
        <SpaceBetween size="s">
          <div className="question">
            <FormField label="Question" stretch errorText={form.problem("text")}>
              <Input
                value={text}
                placeholder="How much leave do I have?"
                onChange={({ detail }) => form.set("text", detail.value)}
              />
            </FormField>
            <FormField label="How to search">
              <Select
                options={MODE_OPTIONS}
                selectedOption={MODE_OPTIONS.find(({ value }) => value === mode) ?? USUAL}
                onChange={({ detail }) => form.set("mode", detail.selectedOption.value ?? "")}
              />
            </FormField>
            <FormField label="How many">
              <Select
                options={COUNTS}
                selectedOption={COUNTS.find(({ value }) => value === count) ?? null}
                onChange={({ detail }) => form.set("count", detail.selectedOption.value ?? "5")}
              />
            </FormField>
            <Button variant="primary" formAction="submit" loading={answer.isFetching}>
              Search
            </Button>
          </div>
          <QuestionOptions form={form} />
        </SpaceBetween>
      </form>
      {!asked && (
        <Box color="text-body-secondary">
          Ask what people would ask: you see the passages that a chat is given, and their scores.
        </Box>
      )}
      {asked && answer.isPending && <Loading what="passages" />}
      {answer.error && (
        <Alert type="error" header="The collection could not be searched">
          {sentence(answer.error)}
        </Alert>
      )}
      {answer.data && <Hits answer={answer.data} repositoryId={collection.repositoryId} />}
    </SpaceBetween>
  );
}
