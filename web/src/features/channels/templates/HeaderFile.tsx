import { useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { TAKEN } from '@/features/inbox/attach/files';
import { putFile } from '@/features/inbox/attach/putFile';
import css from './Screen.module.css';

/** A file of the business that is in the bucket. */
export interface OwnFile {
  mediaId: string;
  filename: string;
}

export type FileFormat = 'image' | 'video' | 'document';

interface HeaderFileProps {
  kind: FileFormat;
  file: OwnFile | null;
  /** What stands beside the button while no file is chosen. */
  note?: string | undefined;
  onFile: (file: OwnFile) => void;
}

/** The file of a header: it is uploaded at once. */
export function HeaderFile({ kind, file, note, onFile }: HeaderFileProps) {
  const { t } = useTranslation('kinds');
  const input = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const picked = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = target.files?.[0];
    target.value = '';
    if (!chosen) return;
    setFailure(null);
    setPercent(0);
    try {
      const { signal } = new AbortController();
      const onProgress = (sent: number, total: number) =>
        setPercent(total > 0 ? Math.round((100 * sent) / total) : 0);
      onFile({ mediaId: await putFile({ file: chosen, signal, onProgress }), filename: chosen.name });
    } catch (refused) {
      setFailure(toApiError(refused));
    } finally {
      setPercent(null);
    }
  };
  const types = kind === 'document' ? undefined : TAKEN[kind].types.join(',');
  return (
    <div className={css['file']}>
      <Button isPending={percent !== null} onPress={() => input.current?.click()}>
        {t('templates.chooseFile')}
      </Button>
      <span role="status">
        {percent !== null ? t('templates.uploading', { percent }) : (file?.filename ?? note)}
      </span>
      <input
        ref={input}
        type="file"
        hidden
        accept={types}
        aria-label={t('templates.chooseFile')}
        onChange={(event) => void picked(event)}
      />
      {failure !== null && <ErrorLine error={failure} />}
    </div>
  );
}
