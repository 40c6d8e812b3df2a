import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, type ReactNode, useRef } from "react";
import { useNavigate } from "react-router";

interface Props {
  title: string;
  description?: string;
  /** What the button says that sends it. */
  verb: string;
  /** Where one goes who sends nothing. */
  back: string;
  form: { submit: () => Promise<void>; sending: boolean; failure: string | undefined };
  children: ReactNode;
}

/** A page that is filled in and sent. */
export function FormPage({ title, description, verb, back, form, children }: Props) {
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await form.submit();
    requestAnimationFrame(() => firstInvalid(element.current)?.focus());
  };
  return (
    <form ref={element} onSubmit={(event) => void submit(event)}>
      <Form
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => navigate(back)}>
              Cancel
            </Button>
            <Button variant="primary" loading={form.sending}>
              {verb}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {children}
          {form.failure && (
            <Alert type="error" header="It was not saved">
              {form.failure}
            </Alert>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}

/** Where whoever filled it in has to look first. */
function firstInvalid(form: HTMLFormElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? null;
}
