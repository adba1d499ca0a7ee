using SyncHealth.Storage.Diagnosis;
using SyncHealth.Storage.Tests.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Diagnosis;

/// <summary>Each check by itself: what is fine, and the first value that is not.</summary>
public sealed class FindingsTests
{
    private static readonly InstallationFacts Fine = new()
    {
        ServerVersion = "18.4",
        Fsync = "on",
        FullPageWrites = "on",
        SynchronousCommit = "on",
        Autovacuum = "on",
        UnfoldedCounts = 250_000,
        UnfoldedDevices = 250_000,
        OldestUnfoldedAt = Some.Now.AddMinutes(-10).UtcDateTime,
        OldestTransactionSeconds = 600,
        OldestTransactionProcess = 77,
        LastPartition = new DateTime(2026, 3, 5),
        DefaultRows = 100_000,
        DeviceKeyFingerprint = "aa",
        LiveKeys = 1,
    };

    private static readonly Examination Healthy = new()
    {
        Now = Some.Now,
        Facts = Fine,
        Processes = [new LiveProcess("host/1", 2)],
        Tables = [Table("event", live: 1_000_000, dead: 900_000), Table("core_increment", live: 0, dead: 100_000)],
        ClockSkew = TimeSpan.FromSeconds(-5),
        Fingerprint = "aa",
    };

    [Fact]
    public void Of_EverythingAtItsLimit_FindsNothing() => Assert.Empty(Findings.Of(Healthy));

    [Fact]
    public void Of_WhatIsNotToBeSeen_FindsNothing() =>
        Assert.Empty(Findings.Of(Healthy with { Fingerprint = null, Facts = Fine with { OldestUnfoldedAt = null, OldestTransactionSeconds = null } }));

    public static TheoryData<string> Broken => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Of_OneThingBroken_FindsItAndNamesTheRemedy(string code)
    {
        var (examination, says, remedy) = Cases[code];
        var finding = Assert.Single(Findings.Of(examination));
        Assert.Equal(code, finding.Code);
        Assert.Contains(says, finding.What, StringComparison.Ordinal);
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', finding.What + finding.Remedy);
    }

    private static readonly Dictionary<string, (Examination Examination, string Says, string Remedy)> Cases = new()
    {
        ["fsync_off"] = (Of(Fine with { Fsync = "off" }), "power cut", "fsync = on"),
        ["full_page_writes_off"] = (Of(Fine with { FullPageWrites = "off" }), "tear pages", "full_page_writes = on"),
        ["synchronous_commit_off"] = (Of(Fine with { SynchronousCommit = "off" }), "before they are on disk", "connection string"),
        ["autovacuum_off"] = (Of(Fine with { Autovacuum = "off" }), "autovacuum is off", "autovacuum = on"),
        ["device_key_mismatch"] = (Of(Fine with { DeviceKeyFingerprint = "bb" }), "fingerprint bb, configured aa", "SYNCHEALTH__Storage__DeviceKeyFile"),
        ["clock_skew"] = (Healthy with { ClockSkew = TimeSpan.FromSeconds(5.1) }, "5.1 s ahead", "time synchronisation"),
        ["no_process"] = (Healthy with { Processes = [] }, "No process", "./synchealth up"),
        ["fold_behind"] = (Of(Fine with { UnfoldedDevices = 250_001 }), "500,001 increments", "not folded"),
        ["old_transaction"] = (Of(Fine with { OldestTransactionSeconds = 601 }), "Postgres process 77", "pg_terminate_backend(77)"),
        ["dead_rows"] = (Healthy with { Tables = [Table("core_increment", live: 7, dead: 100_001)] }, "100,001 dead rows and 7 live", "vacuum synchealth.core_increment"),
        ["no_partition_ahead"] = (Of(Fine with { LastPartition = new DateTime(2026, 3, 4) }), "Tomorrow", "Ingest:RunLoops"),
        ["default_partition_full"] = (Of(Fine with { DefaultRows = 100_001 }), "100,001 events", "broken clocks"),
        ["no_key"] = (Of(Fine with { LiveKeys = 0 }), "every event is refused", "keys create"),
        ["unfinished_rotation"] = (Of(Fine with { UnfinishedRotations = 2 }), "2 rotations", "keys revoke"),
        ["erasure_unfinished"] = (Of(Fine with { UnfinishedErasures = 2 }), "2 erasures", "Maintenance finishes them"),
        ["alerts_reach_nobody"] = (Healthy with { UnreachedRules = ["a", "b"] }, "2 rules reach nobody (a, b)", "SYNCHEALTH__Alerting__ReceiversFile"),
    };

    [Fact]
    public void Of_FoldLate_IsBehindHoweverLittleWaits()
    {
        var finding = Assert.Single(Findings.Of(Of(Fine with { UnfoldedCounts = 1, UnfoldedDevices = 0, OldestUnfoldedAt = Some.Now.AddMinutes(-11).UtcDateTime })));
        Assert.Contains("1 increments wait for the fold, the oldest for 11 min", finding.What, StringComparison.Ordinal);
    }

    private static Examination Of(InstallationFacts facts) => Healthy with { Facts = facts };

    private static TableSize Table(string name, long live, long dead) => new(name, 1, 0, 0, 0, live, dead);
}
