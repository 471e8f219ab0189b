/** Every mail server whose configuration is understood; a new one needs a folder and a line here. */

import { exim } from "./exim/read";
import { haraka } from "./haraka/read";
import { kumomta } from "./kumomta/read";
import type { MailServer } from "./mail-server";
import { opensmtpd } from "./opensmtpd/read";
import { postal } from "./postal/read";
import { postfix } from "./postfix/read";
import { powermta } from "./powermta/read";
import { stalwart } from "./stalwart/read";

export const mailServers: readonly MailServer[] = [
  postfix,
  exim,
  opensmtpd,
  powermta,
  kumomta,
  haraka,
  postal,
  stalwart,
];
