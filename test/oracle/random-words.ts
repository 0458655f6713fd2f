/** Kinds of expressions: text, number, whole number, bool, list, of texts, of numbers, map, anything; the others are texts of some form. */
export type Kind = 's' | 'n' | 'i' | 'b' | 'l' | 'ls' | 'ln' | 'm' | 'a' | 'set' | 'plain' | 'pattern' | 'time' | 'duration' | 'layout' | 'cidr' | 'json' | 'yaml' | 'format' | 'base64'
  | 'csv' | 'digits' | 'path' | 'replacement' | 'type' | 'encodable';

/** The simplest expressions of each kind. */
export const POOLS: Record<Kind, string[]> = {
  s: ['"a"', '"b"', '""', '"web"', '"Hello World"', '"é😀"', '"a-b_c.d"', '"12"', '"1.50"', '"true"', '"e\\u0301x"', '"  x y\\t"', '"a\\nb\\n"', '"a,b,,c"', '"AMI (1)"', '"ÅßǆΣς"', '"<&>"', '"$${a}"', '"\\"q\\\\"',
    '"1e3"', '"null"', '"0x1f"', '"x\\r\\n"', '"日本語"', '"10.0.0.0/8"', 'var.name', '"-5"', '"a=1;b=2"'],
  n: ['0', '1', '2', '3', '10', '0.5', '1.5', '2.25', '100', '0.1', '1e3', '1e-7', '1e21', '123456789.125', '9007199254740993', '-1', '-2.5', '7', 'var.count', 'var.numbers[1]', '12345678901234567890', '3.0', '1e100'],
  i: ['0', '1', '2', '3', '5', '"1"', '-1', '8', '10', '16', '-3', '1.5'],
  b: ['true', 'false', 'var.flag', '"true"', '"false"', 'true', 'false'],
  l: ['[]', '["a", "b"]', '[1, 2]', '[1, "a", true]', '[null]', '["a", null]', '[["a"], ["b", "c"]]', 'var.strings', 'var.numbers', 'var.empty', 'var.set', 'var.tuple', 'var.any_list', '[{ a = 1 }, { a = "x" }]', '["b", "a", "b"]', '[1.5, "1.5"]'],
  ls: ['[]', '["a"]', '["b", "a", "b"]', '["web", "db"]', 'var.strings', 'var.empty', 'var.set', 'var.any_list', '["é", "z", "Z", "_"]', '["", "x", ""]', '["10", "9"]'],
  ln: ['[1, 2, 3]', '[0.5]', 'var.numbers', '[3, "2"]', '[]', '[10, 9, 1]'],
  m: ['{}', '{ a = 1 }', '{ a = "x", b = 2 }', '{ b = [1], a = { c = true } }', 'var.settings', 'var.object', '{ "a b" = null }', '{ a = "1", b = "2" }', '{ z = 1, a = 2, "é" = 3 }'],
  a: ['null', '"a"', '1', 'true', '[]', '{}', '["a"]', '{ a = 1 }', 'var.set', 'var.object', 'var.tuple', 'var.nothing', '"1"', '1.5', 'var.missing', 'var.object.missing'],
  set: ['var.set', 'convert(["x", "a"], set(string))', 'convert([10, 9, 2], set(number))', 'convert([], set(string))', 'convert([true, false], set(bool))', 'convert([{ a = 2 }, { a = 1 }], set(object({ a = number })))'],
  plain: ['a', ' ', 'x y', '-', '\\n', ' \\n ', '\\n\\n', '$', '%', '$${x}', '%%{y}', 'é', '1', 'true', '"'.replace('"', '\\"'), '\\t', '{}', '#', '//'],
  pattern: ['"a"', '"[a-z]+"', '"([a-z])([0-9])?"', '"(?P<x>[a-z]+)"', '"^"', '"$"', '""', '"\\\\d+"', '"(?i)A|b"', '"\\\\s*"', '"[^a-z]"', '"(a)|(b)"', '"(?:x)?"', '"\\\\w+$"', '"[[:upper:]]"', '"é"', '"."', '"(?s).+"', '"\\\\b"', '"(?m)^."',
    '"\\\\pL"', '"[\\\\-_.]"', '"(?P<k>\\\\w)=(?P<v>\\\\d)"', '"a{2}"', '"a*"', '"(a*)*"', '"(?P<y>b)|(?P<z>c)"'],
  replacement: ['""', '"-"', '"$1"', '"$0$0"', '"$${x}"', '"$$"', '"<$x>"', '"$2$1"', '"$1x"', '"$${1}x"', '"\\\\1"', '"é"', '"$"'],
  time: ['"2024-01-02T03:04:05Z"', '"2023-12-31T23:59:59+02:00"', '"2024-02-29T12:00:00-07:30"', '"1999-01-01T00:00:00.123Z"', '"2024-10-10T13:00:00Z"', '"2024-01-01"', '"0001-01-01T00:00:00Z"', '"2024-06-09T12:30:00+00:00"', '"2024-13-01T00:00:00Z"',
    '"9999-12-31T23:59:59Z"'],
  duration: ['"1h"', '"-30m"', '"1.5h"', '"90s"', '"1h15m30.5s"', '"100ms"', '"0"', '"1us"', '"-0.5s"', '"24h"', '"1d"', '""', '"+2h"', '"8760h"', '".5h"', '"1h-1m"'],
  layout: ['"YYYY-MM-DD"', '"DD MMM YYYY hh:mm:ss ZZZ"', '"EEEE, D MMMM YY"', '"H:mm AA"', '"HH aa"', '"h:m:s"', '"ZZZZ ZZZZZ Z"', '"\'at\' hh\'\'"', '"YYYY\'T\'MM"', '"EEE M"', '"YYYY_MM/DD.hh"', '"EE"', '"x"', '""', '"é YYYY"', '"\'open"', '"MMMM\'\'YY"'],
  cidr: ['"10.0.0.0/8"', '"192.168.1.77/24"', '"172.16.0.0/12"', '"10.0.0.0/30"', '"fd00:fd12:3456:7890::/56"', '"::1/128"', '"10.0.0.0/32"', '"0.0.0.0/0"', '"2001:db8::/32"', '"10.0.0/8"', '"010.0.0.1/8"', '"::ffff:10.0.0.0/104"'],
  json: ['"{}"', '"[1, 2.50, \\"a\\", null, true]"', '"{\\"a\\": {\\"b\\": [1]}}"', '"1e400"', '"\\"\\\\ud83d\\\\ude00\\""', '" [ ] "', '"[1,]"', '"{\\"b\\":1,\\"a\\":2}"', '"-0"', '"01"', '"\\"a"', '"[[],{}]"', '"\\"\\\\ud800\\""', '"1.0"', '"{\\"\\":1}"'],
  yaml: ['"a: 1"', '"- a\\n- 1\\n- true"', '"a: [x, {b: c}]"', '"a: |\\n  x\\n  y\\n"', '"a: >-\\n  x\\n  y\\n"', '"a: \'x\'"', '"a: 0x1f\\nb: 1_000\\nc: 1e3"', '"a: ~\\nb:\\nc: null"', '"x"', '"1"', '"a: 2024-01-02"', '"&a [*a]"', '"a: *x"', '"a:\\n- 1\\n- 2"', '"a: y\\nb: Off"',
    '"a: 012\\nb: 0o12\\nc: 08"', '"a: 1:30"', '"a: \\"\\\\x41\\\\n\\""', '"- - a\\n  - b"', '"? a\\n: b"', '"a: !!str 1"', '"%YAML 1.1\\n---\\na: 1"', '"a: 1.\\nb: .5\\nc: -.5\\nd: +1"', '"a: =\\nb: <<"', '"a: @x"', '"a: x # y"', '"a: x#y"', '"a: .nan"', '"---\\n..."'],
  format: ['"%s"', '"%d"', '"%v"', '"%#v"', '"%q"', '"%x"', '"%X"', '"%e"', '"%g"', '"%f"', '"%.2f"', '"%5d|"', '"%-5s|"', '"%05d"', '"%+d"', '"%b"', '"%o"', '"%t"', '"%10.3f"', '"%.3s"', '"%.0e"', '"%G"', '"%E"', '"% d"', '"%5q|"', '"%-8v|"', '"%08.3f"', '"%#x"',
    '"%+v"', '"%.1g"', '"%6.2g|"', '"%.5v"', '"%05s"', '"%[1]s"', '"%3t|"', '"%.10g"', '"a%%%sb"', '"%c"', '"%i"', '"%-05d|"', '"%+.1e"', '"%010v"', '"%.0f"', '"%.0s"', '"% x"', '"%#q"', '"%1d"', '"%p"', '"%U"', '"%T"'],
  base64: ['"YQ=="', '"w6k="', '"YQ"', '""', '"/w=="', '"YWJj"', '"YW Jj"', '"YWJj\\n"', '"Y-_="', '"YR=="'],
  csv: ['"a,b\\n1,2\\n"', '"a\\n\\"x,\\"\\"y\\"\\n"', '"a,b\\n1\\n"', '""', '"a\\n\\n1"', '"a,b\\n 1, 2"', '"a\\r\\n1\\r\\n"', '"a\\n\\"x"', '"a\\nx\\"y"', '"é,b\\n1,"', '"a\\n\\"\\""', '"a\\n\\"x\\ny\\""', '"a\\n\\"x\\"y"', '"\\n\\na\\n1"', '"a\\rb\\n1"'],
  digits: ['"12"', '"ff"', '"-7"', '"+7"', '"0x1f"', '"zZ"', '"1_0"', '""', '"007"', '"1.5"', '"99999999999999999999"', '"-0"', '"a b"'],
  path: ['"/a/b.txt"', '"a/../b"', '"a//b/"', '"."', '".."', '"../x"', '"/"', '""', '"./a"', '"a/./b"', '"C:\\\\x"', '"/.."', '"a/b/../../.."', '"~x"'],
  type: ['string', 'number', 'bool', 'list(string)', 'set(string)', 'map(string)', 'list(number)', 'any', 'list(any)', 'set(number)', 'map(any)', 'object({ a = string })', 'tuple([string, number])', 'list(list(string))', 'map(list(string))', 'set(any)', 'list(object({ a = string }))', 'object({ a = any })', 'map(map(string))'],
  encodable: ['null', '1', '"a"', '"yes"', '"1"', '"a: b"', '"a\\nb"', '" a"', '"é"', '[]', '{}', '[1, [2]]', '{ a = { b = [] } }', '[{ a = 1, b = [2] }]', '"a\\n\\nb\\n"', '"\\ta"', '{ "a:b" = "#c" }', '"\\u0001"', '"\\u2028"', '"a\\r\\nb"', '1.5', '1e21', 'true', '[[], {}]', '"\\u007f"', '"\\ufeff"', '"x\\n "', '"\\n"',
    '"- a"', '{ "" = "" }', '"a\\u0085b"', '"😀\\n"', '" a\\nb"', '"\\n a\\n"', '"a\\n  b\\n\\n"', '[" a\\n", { b = "x\\n\\n", c = [["a\\nb"], "y\\nz\\n"] }]', `"${'long words '.repeat(20)}"`],
};

/** Result, name, arguments; + for one or more, * for any number. */
export const SIGNATURES: ReadonlyArray<{ readonly result: Kind; readonly name: string; readonly args: string[] }> = `
n abs n
n ceil n
n floor n
n log n n
n pow n i
n signum i
n max n+
n min n+
n length a
n length l
n parseint digits i
n parseint s i
n index l a
n index ls s
s upper s
s lower s
s title s
s chomp s
s trimspace s
s strrev s
s trim s s
s trimprefix s s
s trimsuffix s s
s replace s s s
s join s ls+
s join s l
s format format a
s format format n
s format format s
s format s a*
s indent i s
s substr s i i
s base64decode base64
s base64encode s
s jsonencode a
s jsonencode encodable
s yamlencode encodable
s yamlencode a
s urlencode s
s md5 s
s sha256 s
s uuidv5 s s
s regex_replace s pattern replacement
s formatdate layout time
s timeadd time duration
s basename path
s dirname path
s pathexpand path
s cidrhost cidr i
s cidrnetmask cidr
s cidrsubnet cidr i i
s coalesce s+
s lookup m s s
s element ls i
a jsondecode json
a yamldecode yaml
a regex pattern s
a lookup m s a
a coalesce a+
a element l i
a try a a
a convert a type
a convert l type
a convert m type
m merge m+
m zipmap ls l
l setproduct l l
l setunion l l
l setintersection ls ls
l setsymmetricdifference ls ls
l setunion set set
l flatten l
l concat l+
l reverse l
l slice l i i
l chunklist l i
l distinct l
l values m
l coalescelist l+
l regexall pattern s
l csvdecode csv
l setproduct ls set
l split s s
ls split s s
ls keys m
ls compact ls
ls sort ls
ls formatlist format ls
ls formatlist format l
ls cidrsubnets cidr i+
ls reverse ls
ls distinct ls
ls concat ls ls
ln range i
ln range i i
ln range i i i
b contains l a
b contains ls s
b can a
b fileexists path
m regex pattern s
set setunion ls ls
`.trim().split('\n').map((line) => {
    const [result, name, ...args] = line.split(' ') as [Kind, string, ...string[]];
    return { result, name, args };
  });
