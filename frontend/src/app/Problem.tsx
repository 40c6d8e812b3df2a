import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { sentence } from "@/api/errors";

interface Props {
  /** What did not work, as a heading. */
  header: string;
  error: unknown;
  again?: () => unknown;
}

/** What did not work and why, with a way to try it once more. */
export function Problem({ header, error, again }: Props) {
  const action = again && <Button onClick={() => void again()}>Try again</Button>;
  return (
    <Alert type="error" header={header} action={action}>
      {sentence(error)}
    </Alert>
  );
}
