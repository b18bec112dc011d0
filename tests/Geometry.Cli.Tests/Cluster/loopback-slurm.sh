#!/bin/bash
# A Slurm of one node with two processors on the loopback interface: munged, slurmctld and slurmd, with all they keep in a folder of its own.
# Prints "ready" once the node takes jobs, and ends with its daemons when its standard input does: nothing outlives whoever started it.
#   loopback-slurm.sh FOLDER PORT PORT        then, elsewhere: SLURM_CONF=FOLDER/slurm.conf sbatch …
set -u
folder=$1
PATH=$PATH:/usr/sbin:/sbin
host=$(hostname -s) user=$(id -un)
mkdir -p "$folder"/{state,spool} && chmod 755 "$folder" "$folder/state" "$folder/spool" || exit 1
started=() up=

end() {
  trap - EXIT
  # Jobs outlive the daemons, so they go first.
  if [ -n "$up" ]; then
    scancel --user="$user" --signal=KILL --full >/dev/null 2>&1
    scancel --user="$user" >/dev/null 2>&1
    for ((turn = 0; turn < 100; turn++)); do
      [ -n "$(squeue --noheader 2>/dev/null)" ] || break
      sleep 0.1
    done
    scontrol shutdown >/dev/null 2>&1
  fi
  for ((turn = 0; turn < 50; turn++)); do
    kill -0 "${started[@]}" 2>/dev/null || break
    kill -TERM "${started[@]}" 2>/dev/null
    sleep 0.1
  done
  for process in "${started[@]}"; do kill -KILL "$process" 2>/dev/null; done
  wait
}
trap end EXIT
trap 'exit 1' INT TERM HUP

fail() {
  echo "$1" >&2
  tail -n 5 "$folder"/*.log >&2
  exit 1
}

cat >"$folder/slurm.conf" <<CONF || exit 1
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
SlurmctldPort=$2
SlurmdPort=$3
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=0,bf_interval=1
ReturnToService=2
JobRequeue=1
KillWait=5
MessageTimeout=10
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

(umask 077 && dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 status=none) || exit 1
munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
  --seed-file="$folder/munged.seed" --log-file="$folder/munged.log" >/dev/null 2>&1 </dev/null &
started+=($!)
for ((turn = 0; turn < 100; turn++)); do [ -S "$folder/munge.socket" ] && break; sleep 0.1; done
[ -S "$folder/munge.socket" ] || fail "munged does not start"
slurmctld -D >/dev/null 2>&1 </dev/null &
started+=($!)
slurmd -D >/dev/null 2>&1 </dev/null &
started+=($!)

for ((turn = 0; turn < 150; turn++)); do
  if [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ]; then
    up=1
    echo ready
    cat >/dev/null
    exit 0
  fi
  sleep 0.2
done
fail "the node does not come up"
