import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import type { QuickReply } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { Checkbox } from '@/design/Checkbox';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { putFile } from '../attach/putFile';
import { useSave } from './api';

interface ReplyDialogProps {
  reply: QuickReply | null;
  variables: readonly string[];
  onClose: () => void;
}

/** Writes a quick reply, or changes one. */
export function ReplyDialog({ reply, variables, onClose }: ReplyDialogProps) {
  const { t } = useTranslation('kinds');
  const mayShare = useMay('templates:write');
  const [name, setName] = useState(reply?.name ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [shared, setShared] = useState(reply?.shared ?? false);
  const [mediaId, setMedia] = useState(reply?.mediaId ?? null);
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: (file: File) =>
      putFile({ file, signal: new AbortController().signal, onProgress: () => undefined }),
    onSuccess: setMedia,
  });
  const save = useSave(reply);
  const wrong = (field: string) => (save.error ? toApiError(save.error).fields.get(field) : undefined);
  return (
    <FormDialog
      title={reply ? t('jobs.quick.edit') : t('jobs.quick.new')}
      submit={t('jobs.quick.save')}
      isPending={save.isPending}
      error={save.error}
      fields={['name', 'text', 'mediaId']}
      onSubmit={() => save.mutate({ name, text, shared, mediaId }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field
        label={t('jobs.quick.name')}
        hint={t('jobs.quick.nameHint')}
        value={name}
        onChange={setName}
        error={wrong('name')}
        maxLength={41}
        isRequired
        autoFocus
      />
      <Field
        label={t('jobs.quick.text')}
        hint={t('jobs.quick.textHint', { variables: variables.join(' ') })}
        value={text}
        onChange={setText}
        error={wrong('text')}
        maxLength={4096}
        lines={6}
        isRequired
      />
      <div>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('jobs.quick.addFile')}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) upload.mutate(file);
          }}
        />
        {mediaId ? (
          <Button onPress={() => setMedia(null)}>{t('jobs.quick.removeFile')}</Button>
        ) : (
          <Button isPending={upload.isPending} onPress={() => input.current?.click()}>
            {t('jobs.quick.addFile')}
          </Button>
        )}
        {(upload.error ?? null) && <ErrorLine error={upload.error} />}
      </div>
      {mayShare && (
        <Checkbox isSelected={shared} onChange={setShared}>
          {t('jobs.quick.shared')}
        </Checkbox>
      )}
    </FormDialog>
  );
}
