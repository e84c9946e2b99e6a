# shellcheck shell=bash disable=SC2034,SC2154  # the reader of slurm_trouble, and temporary, are in what sources this
#
# A Slurm of one node on this machine, for as long as the test runs. Sourced after support.sh.

slurm_folder=
slurm_trouble=

# slurm_config PORT PORT: the configuration, which knows nothing of the machine but its loopback.
slurm_config() {
    local user
    user=$(id -un)
    cat <<END
ClusterName=gatesim
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
SlurmctldPort=$1
SlurmdPort=$2
AuthType=auth/munge
AuthInfo=socket=$slurm_folder/socket
CredType=cred/munge
StateSaveLocation=$slurm_folder/state
SlurmdSpoolDir=$slurm_folder/spool
SlurmctldPidFile=$slurm_folder/slurmctld.pid
SlurmdPidFile=$slurm_folder/slurmd.pid
SlurmctldLogFile=$slurm_folder/slurmctld.log
SlurmdLogFile=$slurm_folder/slurmd.log
SwitchType=switch/none
MpiDefault=none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=5,batch_sched_delay=0,sched_min_interval=0
ReturnToService=2
InactiveLimit=0
KillWait=5
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
END
}

# slurm_kill SIGNAL: to those that were started here, by their numbers.
slurm_kill() {
    local name
    for name in slurmd slurmctld munged; do
        [[ -s $slurm_folder/$name.pid ]] && kill "-$1" "$(cat "$slurm_folder/$name.pid")" 2>/dev/null
    done
}

slurm_ends() {
    slurm_kill TERM
    sleep 1
    slurm_kill KILL
    rm -rf "$slurm_folder"
}

# Starts it. False where it cannot be had; then slurm_trouble says why.
slurm_starts() {
    local name
    for name in munged slurmctld slurmd sbatch sinfo; do
        command -v $name >/dev/null || { slurm_trouble="Slurm is not installed: $name is missing" && return 1; }
    done
    slurm_folder=$(mktemp -d)
    chmod 755 "$slurm_folder"
    trap 'slurm_ends; chmod -R u+w "$temporary"; rm -rf "$temporary"' EXIT
    mkdir "$slurm_folder/state" "$slurm_folder/spool"
    head -c 128 /dev/urandom >"$slurm_folder/key" && chmod 600 "$slurm_folder/key"
    export SLURM_CONF=$slurm_folder/slurm.conf
    slurm_config $((20000 + RANDOM % 10000)) $((30000 + RANDOM % 2000)) >"$SLURM_CONF"
    munged --force --key-file="$slurm_folder/key" --socket="$slurm_folder/socket" --pid-file="$slurm_folder/munged.pid" \
        --log-file="$slurm_folder/munged.log" --seed-file="$slurm_folder/seed" >"$slurm_folder/out" 2>&1 &&
        slurmctld -f "$SLURM_CONF" >>"$slurm_folder/out" 2>&1 && slurmd -f "$SLURM_CONF" -N localhost >>"$slurm_folder/out" 2>&1
    for _ in {1..100}; do
        [[ $(sinfo -h -o %t 2>>"$slurm_folder/out") == idle ]] && return 0
        sleep 0.1
    done
    slurm_trouble="Slurm cannot start here: $(cat "$slurm_folder"/out "$slurm_folder"/slurm*.log 2>/dev/null | tail -5)"
    return 1
}
