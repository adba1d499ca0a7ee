using System.Net;
using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Load;

/// <summary>B4: more comes than can be taken. Memory stays bounded, what is refused is told when to come back, what is taken is taken in time.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private const double Overload = 3;
    private const double MinGoodput = 0.8;
    private const long MaxResidentBytes = 512L * 1024 * 1024;

    /// <summary>Beyond it the runtime itself would end the process.</summary>
    private const long HeapLimitBytes = 384L * 1024 * 1024;

    private static readonly TimeSpan AcceptedWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NormalWithin = TimeSpan.FromSeconds(10);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Post_BurstBeyondTheQueue_IsTakenOrRefusedWithRetryAfterAndNothingElse()
    {
        var sender = await Burst.SendAsync(_database, SeededBug.None);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], sender.Answers.Keys.Order());
        Assert.Equal((0, 0), (sender.RefusedWithoutRetryAfter, sender.Unanswered));
        RequireOverload(sender);
    }

    [Fact]
    public async Task Post_ThreeTimesTheCapacity_GoodputHoldsAndMemoryIsBounded()
    {
        var goal = new Goal("B4");
        var length = TimeSpan.FromSeconds(FaultScale.Of(test: 4, faults: 60, deep: 600));
        await using var ingest = new IngestProcess(_database.ConnectionString, ("DOTNET_GCHeapHardLimit", $"{HeapLimitBytes:x}"));
        await ingest.StartAsync();
        var load = new OpenLoad(ingest.Http);

        var capacity = await load.MeasureCapacityAsync(length / 4);
        var offered = await load.OfferAsync(capacity * Overload, length);
        var recovery = await load.RecoverAsync(AcceptedWithin);

        var goodput = offered.Accepted / length.TotalSeconds / capacity;
        goal.Reached($"{offered.PerSecond:0} ev/s offered to a capacity of {capacity:0} for {length.TotalSeconds:0} s: goodput {goodput:0.00}, accepted p99 {offered.P99.TotalMilliseconds:0} ms, {load.Sender.Describe()}, peak {ingest.PeakBytes() / 1024 / 1024} MiB, normal after {recovery.TotalSeconds:0.0} s");
        Assert.Empty(load.Sender.Answers.Keys.Except([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Assert.Equal(0, load.Sender.RefusedWithoutRetryAfter);
        Assert.InRange(ingest.PeakBytes(), 0, MaxResidentBytes);
        Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(load.Ledger, _database.DataSource));
        if (!FaultScale.HoldsFigures)
            return;
        RequireOverload(load.Sender);
        Assert.InRange(goodput, MinGoodput, double.MaxValue);
        Assert.InRange(offered.P99, TimeSpan.Zero, AcceptedWithin);
        Assert.InRange(recovery, TimeSpan.Zero, NormalWithin);
    }

    private static void RequireOverload(OracleSender sender)
    {
        var faults = new FaultCounters();
        faults.Count(FaultKind.Overload, sender.Answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable));
        faults.Require(FaultCounters.Least, FaultKind.Overload);
    }
}
