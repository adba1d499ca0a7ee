using System.Globalization;

namespace SyncHealth.Storage.Diagnosis;

/// <summary>Judges what was looked at. Pure: one check, one finding, one remedy.</summary>
internal static class Findings
{
    /// <summary>A fold takes 50,000 a second and more; so many mean that it does not keep up.</summary>
    private const long MaxUnfolded = 500_000;

    /// <summary>Dead rows below this cost nothing worth a word.</summary>
    private const long MaxDeadRows = 100_000;

    /// <summary>Clocks further ahead, or events of days long gone; more than a few devices' worth means that partitions are missing.</summary>
    private const long MaxDefaultRows = 100_000;

    /// <summary>The fold runs every second of the shared clock; a fast clock makes it seem slower.</summary>
    private static readonly TimeSpan MaxFoldLag = TimeSpan.FromMinutes(10);

    /// <summary>Readers are cut off sooner; whoever holds a snapshot longer keeps every dead row of the increments.</summary>
    private static readonly TimeSpan MaxTransaction = TimeSpan.FromMinutes(10);

    /// <summary>Signatures of lateness and drift are measured in minutes; a host that is off by more than seconds falsifies both.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(5);

    private static readonly Func<Examination, IEnumerable<Finding>>[] Checks =
        [Durability, Secret, Clocks, Work, Snapshots, DeadRows, Partitions, Keys, Receivers, Erasures];

    public static IReadOnlyList<Finding> Of(Examination examination) => [.. Checks.SelectMany(check => check(examination))];

    private static IEnumerable<Finding> Durability(Examination e)
    {
        if (e.Facts.Fsync == "off")
            yield return new Finding("fsync_off", "fsync is off: a power cut can lose acknowledged events and the whole database.", "Set fsync = on in postgresql.conf and restart Postgres.");
        if (e.Facts.FullPageWrites == "off")
            yield return new Finding("full_page_writes_off", "full_page_writes is off: a power cut can tear pages.", "Set full_page_writes = on in postgresql.conf and reload, unless the file system writes pages whole.");
        if (e.Facts.SynchronousCommit == "off")
            yield return new Finding("synchronous_commit_off", "synchronous_commit is off in our own sessions: events are acknowledged before they are on disk.", "Remove synchronous_commit from the connection string's Options.");
        if (e.Facts.Autovacuum == "off")
            yield return new Finding("autovacuum_off", "autovacuum is off: dead rows of the increments slow every read.", "Set autovacuum = on in postgresql.conf and reload.");
    }

    private static IEnumerable<Finding> Secret(Examination e)
    {
        if (e.Fingerprint is not null && e.Facts.DeviceKeyFingerprint is { } stored && stored != e.Fingerprint)
            yield return new Finding(
                "device_key_mismatch", $"The database was filled under another device key secret (fingerprint {stored}, configured {e.Fingerprint}).",
                "Restore secrets/device.key from the backup, or set SYNCHEALTH__Storage__DeviceKeyFile to the original file.");
    }

    private static IEnumerable<Finding> Clocks(Examination e)
    {
        if (e.ClockSkew.Duration() > MaxSkew)
            yield return new Finding(
                "clock_skew", string.Create(CultureInfo.InvariantCulture, $"The database's clock is {e.ClockSkew.Duration().TotalSeconds:0.0} s {(e.ClockSkew > TimeSpan.Zero ? "ahead of" : "behind")} this host's."),
                "Run time synchronisation (chrony, systemd-timesyncd) on both hosts: drift of devices is measured against this clock.");
    }

    private static IEnumerable<Finding> Work(Examination e)
    {
        if (e.Processes.Count == 0)
            yield return new Finding("no_process", "No process has said within a minute that it takes events.", "Start one: ./synchealth up, or ./synchealth up --role ingest.");
        var waiting = e.Facts.UnfoldedCounts + e.Facts.UnfoldedDevices;
        var lag = e.Facts.OldestUnfoldedAt is { } oldest ? e.Now.UtcDateTime - oldest : TimeSpan.Zero;
        if (waiting > MaxUnfolded || lag > MaxFoldLag)
            yield return new Finding(
                "fold_behind", string.Create(CultureInfo.InvariantCulture, $"{waiting:N0} increments wait for the fold, the oldest for {lag.TotalMinutes:0} min. Numbers stay right; reading them gets slower."),
                "Look for 'not folded' in the log of the ingest processes, and at the oldest transaction below; without either, give Postgres more memory or CPU.");
    }

    private static IEnumerable<Finding> Snapshots(Examination e)
    {
        if (e.Facts.OldestTransactionSeconds > MaxTransaction.TotalSeconds)
            yield return new Finding(
                "old_transaction", string.Create(CultureInfo.InvariantCulture, $"A transaction has been open for {e.Facts.OldestTransactionSeconds / 60:0} min (Postgres process {e.Facts.OldestTransactionProcess}): nothing that died since can be cleared."),
                string.Create(CultureInfo.InvariantCulture, $"Find it in pg_stat_activity; end it with select pg_terminate_backend({e.Facts.OldestTransactionProcess})."));
    }

    private static IEnumerable<Finding> DeadRows(Examination e) =>
        from table in e.Tables
        where table.DeadRows > MaxDeadRows && table.DeadRows > table.LiveRows
        select new Finding(
            "dead_rows", string.Create(CultureInfo.InvariantCulture, $"{table.Name} holds {table.DeadRows:N0} dead rows and {table.LiveRows:N0} live ones."),
            $"Run vacuum synchealth.{table.Name}; if they stay, an old transaction or a replication slot holds them.");

    private static IEnumerable<Finding> Partitions(Examination e)
    {
        if (e.Facts.LastPartition is not { } last || last <= e.Now.UtcDateTime.Date)
            yield return new Finding("no_partition_ahead", "Tomorrow has no partition of its own yet.", "Look for 'Partition and retention work failed' in the log of the ingest processes; one of them must run without Ingest:RunLoops=false.");
        if (e.Facts.DefaultRows > MaxDefaultRows)
            yield return new Finding(
                "default_partition_full", string.Create(CultureInfo.InvariantCulture, $"The default partition holds {e.Facts.DefaultRows:N0} events of days that have no partition."),
                "Many devices have broken clocks (see the devices' clock offsets), or maintenance does not run.");
    }

    private static IEnumerable<Finding> Keys(Examination e)
    {
        if (e.Facts.LiveKeys == 0)
            yield return new Finding("no_key", "No ingest key may write: every event is refused.", "./synchealth keys create --app NAME");
        if (e.Facts.UnfinishedRotations > 0)
            yield return new Finding(
                "unfinished_rotation", $"{e.Facts.UnfinishedRotations} rotations have had two live keys for more than a month.",
                "./synchealth keys list, then ./synchealth keys revoke ID of the older one.");
    }

    private static IEnumerable<Finding> Erasures(Examination e)
    {
        if (e.Facts.UnfinishedErasures > 0)
            yield return new Finding(
                "erasure_unfinished", string.Create(CultureInfo.InvariantCulture, $"{e.Facts.UnfinishedErasures:N0} erasures were begun more than an hour ago and have not ended: nothing new of these devices is taken, but rows of them are left."),
                "Maintenance finishes them by itself: look for 'Partition and retention work failed' in the log of the ingest processes, and at the oldest transaction.");
    }

    private static IEnumerable<Finding> Receivers(Examination e)
    {
        if (e.UnreachedRules.Count > 0)
            yield return new Finding(
                "alerts_reach_nobody", $"Alerts of {e.UnreachedRules.Count} rules reach nobody ({string.Join(", ", e.UnreachedRules)}): none of their receivers is configured.",
                "Name a file of receivers in SYNCHEALTH__Alerting__ReceiversFile; alerting/receivers.example.yaml shows every kind.");
    }
}
