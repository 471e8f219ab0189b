/** Names that people give to hosts that send mail: a word of `mail.example.com`, `smtp-out2`, `mx1`. */
export function soundsLikeMail(name: string): boolean {
  const first = name.toLowerCase().split(".")[0] ?? "";
  return first.split(/[-_]/).some((word) => MAIL_WORD.test(word));
}

const MAIL_WORD =
  /^(?:e?mail|mailcow|mailer|mailgw|mailhost|mailout|mailserver|mailu|mta|mx|outbound|postfix|exim|haraka|kumomta|powermta|relay|sendmail|smtp|smtps|smtpout|stalwart)\d*$/;
