/** The vocabulary of access networks: words in a name that speak of a subscriber and not of a server. */

/** How a subscriber is connected: nothing else is called so. */
export const ACCESS_TECHNIQUE =
  /^(?:dyn|dyna|dynip|dynpool|dhcp|dial|dip|s?l?ppp|pppool|pptp|l2tp|vpdn|isdn|modem|catv|cbl|kbl|kabel|cabel|sdi|coax|docsis|cmts|ftt[bcdhpx]|[ge]pon|hfc|cpe|cgn|cgnat|gprs|umts|hsdpa|evdo|lte|wimax|wll|cdma|fios|cidr|ppp[a-z]|hsi|hsd|hsia|dslam|bras|bng|leased|leasedline)$|^(?:[avsxhg]?dsl|cable|dialup|dialin|d[yi]nami[ckq]|pppoe|broadband|catv|cpe(?=dyn|stat))|(?:dsl|cable|modem|dialup|dhcp|broadband|catv|ftth|gprs|dynamic|dinamic[oa])$/;
/** Words for subscribers and their addresses. */
const ACCESS =
  /^(?:bredband|breitband|laajakaista|glasfaser|bb|(?:p|ip|nat|vpn|user|cust)?pools?|resnet|reznet|reshall|cust|customers|clnt|subs?|subscribers?|subscr|usuarios|abo|abonnes?|abonados?|abonent|assinante|clientes|kunden|residential|lightspeed|revip)$/;
/** Words that a host may well be named after, unless a longer number stands with them. */
const ACCESS_WITH_NUMBER =
  /^(?:d?clients?|customer|cliente|kunde|klant|users?|usuario|guest|hotspot|wlan|wifi|wireless|mobil[ei]?|mobility|movil|nat|res|resi|retail|home|fiber|fibre|fibra|vpn|klien[ts]|abonents?|[oc]nu|ont|olt|pon|ubr|bsr|lns|pppd|ras|dorm|apt|homeuser)$/;
/** Words that say nothing until two numbers or a long one stand with them. */
const ACCESS_WITH_NUMBERS =
  /^(?:static|staticip|sta|stat|statip|statisch|estatico|fixed|fixip|fix|ip|ipa|ips|ipv|addr|in|inaddr|host|hosts|hst|rev|reverse|net|red|business|biz|corp|range|block|subnet|cm|line|linea|port|slot|floor|room|flat|cell|nas|wan|lan|pc|priv|member|node|tnt|ll)$/;
/** Of these, what networks call a zone of addresses: `hf94.n1.ips.example.net`. */
export const ADDRESS_LABEL = /^(?:ips?|ipa|addr|inaddr|rev)$/;
/** Inside a longer word, where two numbers stand with it: `slkcdslgw14poold234`. */
export const ACCESS_INSIDE = /dsl|dhcp|dial|ppp|^pool/;
/** The equipment that subscribers are connected to, numbered, as a label of its own: `p202.as1.exs.dublin.example.ie`. */
export const ACCESS_EQUIPMENT =
  /^(?:b?ras|bas|nas|as|lns|bsr|[cu]br|cmts|dslam|bng|bbar|olt|tnt|max|ascend|tc|pm|ip|cab|cust)-?\d{1,3}$/;
/** Such equipment and a port of it, in one label: `yap-pm03-s12`. */
export const EQUIPMENT_AND_PORT = /^(?:[a-z]+-)?(?:b?ras|lns|ubr|cmts|dslam|tnt|pm)\d{1,3}-[a-z]{0,4}\d{1,3}$/;

export function isPlainAccessWord(word: string): boolean {
  return ACCESS.test(word) || ACCESS_TECHNIQUE.test(word) || isSubscriberOfTechnique(word);
}

/** A technique and who or what is connected by it, in one: `wimaxuser`, `cblcpe`. */
function isSubscriberOfTechnique(word: string): boolean {
  for (let end = 3; end <= word.length - 2; end++) {
    const [technique, subscriber] = [word.slice(0, end), word.slice(end)];
    if (!ACCESS_TECHNIQUE.test(technique)) continue;
    const isLong = end > 3 && [ACCESS, ACCESS_WITH_NUMBER, ACCESS_WITH_NUMBERS].some((words) => words.test(subscriber));
    if (isLong || (subscriber.length >= 3 && ACCESS_TECHNIQUE.test(subscriber))) return true;
  }
  return false;
}

export function isAccessWord(word: string): boolean {
  return isPlainAccessWord(word) || isSingleAccessWord(word);
}

function isSingleAccessWord(word: string): boolean {
  return [ACCESS, ACCESS_TECHNIQUE, ACCESS_WITH_NUMBER, ACCESS_WITH_NUMBERS].some((words) => words.test(word));
}

/** `users202.example.jp` is a machine for users; `7.users.example.net` is one of them. */
export function isSubscriberWord(word: string, label: string, isNumberedMachine: boolean): boolean {
  if (word === "customer" && isNumberedMachine) return false;
  return ACCESS_WITH_NUMBER.test(word) && !/^users\d+$/.test(label);
}

/** A weak word, or two words of access in one: `staticline`. */
export function isWeakAccessWord(word: string): boolean {
  if (ACCESS_WITH_NUMBERS.test(word)) return true;
  for (let end = 4; end <= word.length - 4; end++) {
    if ([word.slice(0, end), word.slice(end)].every((half) => isSingleAccessWord(half))) return true;
  }
  return false;
}
