import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { sentence } from "@/api/errors";
import { isPicture } from "../files/reading";
import type { Picture } from "../types";

interface Props {
  pictures: readonly Picture[];
  /** Returns one that lies beside its message as a data URL. */
  read: (picture: Picture) => Promise<string>;
}

/** What somebody attached. Of what is in a message itself, only what runs nothing is shown. */
export function Pictures({ pictures, read }: Props) {
  return pictures.map((one) =>
    one.picture ? (
      <Stored key={one.picture} picture={one} read={read} />
    ) : (
      isPicture(one.url) && <Shown key={one.url.slice(-64)} url={one.url} />
    ),
  );
}

function Stored({ picture, read }: { picture: Picture; read: Props["read"] }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["picture", picture.picture],
    queryFn: () => read(picture),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (data) return <Shown url={data} />;
  if (!error) {
    return (
      <div className="chat-picture-awaited">
        <StatusIndicator type="loading">The picture is coming</StatusIndicator>
      </div>
    );
  }
  return (
    <div className="chat-picture-awaited">
      <StatusIndicator type="error">{sentence(error)}</StatusIndicator>{" "}
      <Button variant="inline-link" onClick={() => void refetch()}>
        Try again
      </Button>
    </div>
  );
}

function Shown({ url }: { url: string }) {
  return <img src={url} alt="What you attached" className="chat-picture" />;
}
