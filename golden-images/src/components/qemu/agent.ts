/** Names of the virtio-serial ports: what is asked and answered, and what programs write. */
export const PORTS = { control: 'golden-images.control', out: 'golden-images.out', err: 'golden-images.err' } as const;

/**
 * The other end of `Session`, for bash and coreutils; it starts few programs, which cost much under emulation. Asked: `run ID SCRIPT INPUT`
 * or `ask ID SCRIPT INPUT`, two lengths with as many bytes after the line, and `stop ID SIGNAL`. Answered: `hello`, `end ID CODE OUT ERR`
 * and, while nothing is asked, `beat`. What is run may take its time and be stopped; what is asked is over in a moment.
 *
 * What programs write goes through ports of its own, and the agent says how many bytes that was (dd counts them). So no output, whatever it
 * looks like, can be taken for an answer, and none is lost. A port has one user at a time: programs can open none of them.
 */
export const AGENT = `#!/bin/bash
set -m
unset LANG
export LC_ALL=C
umask 022
cd /run/golden-images || exit 1
rm -rf work
mkdir -m 0700 work
modprobe -q virtio_console

port() {
  local each name
  for each in /sys/class/virtio-ports/*; do
    if read -r name 2> /dev/null < "$each/name" && [ "$name" = "$1" ]; then echo "/dev/\${each##*/}"; fi
  done
}

# $1 is the number of the request.
run() {
  set -m
  local out err program code grace copied outs errs
  mkfifo "work/$1.out" "work/$1.err"
  dd bs=64k if="work/$1.out" >&4 2> "work/$1.outs" 3>&- 5>&- & out=$!
  dd bs=64k if="work/$1.err" >&5 2> "work/$1.errs" 3>&- 4>&- & err=$!
  (cd / && exec bash "$OLDPWD/work/$1.script") < "work/$1.input" > "work/$1.out" 2> "work/$1.err" 3>&- 4>&- 5>&- & program=$!
  echo "$program" > "work/$1.pid"
  wait -f "$program"; code=$?
  # What it left behind may still write for a moment, as it may in a chroot.
  (sleep 0.25; kill -INT "$out" "$err") & grace=$!
  wait -f "$out" "$err"
  kill -TERM -- "-$grace"
  while read -r copied _; do outs=$copied; done < "work/$1.outs"
  while read -r copied _; do errs=$copied; done < "work/$1.errs"
  echo "end $1 $code $outs $errs" >&3
  rm -f "work/$1".*
}

ask() {
  local code
  (cd / && . "$OLDPWD/work/$1.script") < "work/$1.input" > work/out 2> work/err 3>&- 4>&- 5>&-; code=$?
  set -- "$1" $(stat -c %s work/out work/err)
  if [ "$2" -gt 0 ]; then cat work/out >&4; fi
  if [ "$3" -gt 0 ]; then cat work/err >&5; fi
  echo "end $1 $code $2 $3" >&3
}

until [ -c "$(port ${PORTS.err})" ]; do sleep 0.2; done
exec 3<> "$(port ${PORTS.control})" 4> "$(port ${PORTS.out})" 5> "$(port ${PORTS.err})" 2> /dev/null
echo hello >&3
pending=
while :; do
  if IFS= read -r -t 10 line <&3; then
    read -r verb id a b <<< "$pending$line"
    pending=
    case "$verb" in
      run | ask)
        IFS= read -r -N "$a" script <&3
        printf '%s\\n' "$script" > "work/$id.script"
        if [ "$b" -gt 0 ]; then head -c "$b" <&3 > "work/$id.input"; else : > "work/$id.input"; fi
        if [ "$verb" = run ]; then run "$id" < /dev/null & else ask "$id"; rm -f "work/$id".*; fi ;;
      stop) kill -s "$a" -- "-$(< "work/$id.pid")" ;;
    esac
  elif [ $? -gt 128 ]; then
    pending+=$line
    echo beat >&3
  else
    exit 1
  fi
done
`;

/**
 * Starts the agent as that of Systems Manager is started, by which Image Builder runs documents: with the system, after the network if
 * anything brings that up (amazon-ssm-agent.service; assumption: steps-after-agent).
 */
export const UNIT = `[Unit]
Description=golden-images agent
After=network-online.target
[Service]
ExecStart=/bin/bash /run/golden-images/agent
OOMScoreAdjust=-900
StandardOutput=null
StandardError=journal+console
TimeoutStopSec=5
`;
