#!/bin/sh
# Runs one command to its end and notes down how it ended, so that this is known even when the
# program that started it has gone. Usage: supervise.sh DIRECTORY INPUT COMMAND [ARGUMENT...]
# In DIRECTORY it writes: supervisor (its own process id), pid (the command's), stdout, stderr and
# at last exit (the exit code; 128 + n for signal n). INPUT is "none", or "fifo" for a pipe stdin
# that stays open until the process named in holder is ended.
dir=$1
input=$2
shift 2
# Signals meant for the command's group must not end its supervisor. They are caught, not
# ignored: what is ignored would be ignored by the command as well.
trap : HUP INT TERM QUIT
echo $$ >"$dir/supervisor.tmp" && mv "$dir/supervisor.tmp" "$dir/supervisor" || exit 1
if command -v setsid >/dev/null 2>&1; then
  own='setsid'
else
  # Job control gives every command a process group where there is no setsid.
  set -m
  own=''
fi
if [ "$input" = fifo ]; then
  [ -p "$dir/stdin" ] || mkfifo -m 600 "$dir/stdin" || exit 1
  exec 5<>"$dir/stdin" 3>"$dir/stdin" 4<"$dir/stdin" 5>&-
  sleep 2147483647 4<&- </dev/null >/dev/null 2>&1 &
  echo $! >"$dir/holder"
  exec 3>&-
else
  exec 4</dev/null
fi
$own sh -c 'dir=$1; shift; echo $$ >"$dir/pid.tmp" && mv "$dir/pid.tmp" "$dir/pid" && unset dir && exec "$@"' \
  sh "$dir" "$@" <&4 4<&- >>"$dir/stdout" 2>>"$dir/stderr"
code=$?
echo $code >"$dir/exit.tmp" && mv "$dir/exit.tmp" "$dir/exit"
[ "$input" = fifo ] && kill "$(cat "$dir/holder")" 2>/dev/null
exit 0
