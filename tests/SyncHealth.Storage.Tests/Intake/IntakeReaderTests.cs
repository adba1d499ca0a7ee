using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Intake;

public sealed class IntakeReaderTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;
    private IntakeReader _reader = null!;

    private DateTimeOffset Now => _stage.Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        _reader = new IntakeReader(_stage.DataSource);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ReadArrivals_FoldedOrNot_CountsByArrivalAndLateness()
    {
        var minute = new DateTimeOffset(2026, 3, 4, 14, 30, 0, TimeSpan.Zero);
        await _stage.CommitAsync(
            new Attempt(minute.AddSeconds(5)) { Received = minute.AddSeconds(8) },
            new Attempt(minute.AddHours(-5)) { Received = minute.AddSeconds(8) },
            new Attempt(minute.AddSeconds(70)) { Received = minute.AddSeconds(71) },
            new Attempt(minute) { Received = minute.AddSeconds(8), Type = Contracts.SyncType.Open },
            new Attempt(minute) { Received = minute.AddSeconds(8), App = "mail" });
        ArrivalCount[] expected = [new(minute, 0, 1), new(minute, 3, 1), new(minute.AddMinutes(1), 0, 1)];

        Assert.Equal(expected, await ReadAsync(minute, TimeSpan.FromMinutes(1)));
        await _stage.FoldAsync();
        Assert.Equal(expected, await ReadAsync(minute, TimeSpan.FromMinutes(1)));
        Assert.Equal([new(minute, 0, 2), new(minute, 3, 1)], await ReadAsync(minute, TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task ReadFacts_WhileIncrementsWait_SaysSinceWhenAndHowMany()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Received = Now.AddMinutes(-3) });

        var waiting = await _reader.ReadFactsAsync("notes", Now, Token);
        await _stage.FoldAsync();
        var folded = await _reader.ReadFactsAsync("notes", Now, Token);

        Assert.Equal(1, waiting.Unfolded);
        Assert.Equal(new DateTime(2026, 3, 4, 14, 34, 0, DateTimeKind.Utc), waiting.OldestUnfoldedAt);
        Assert.Equal((0L, null, 1L), (folded.Unfolded, folded.OldestUnfoldedAt, folded.Devices));
        Assert.Equal(Now.AddMinutes(-3).UtcDateTime, folded.LastReceivedAt);
    }

    [Fact]
    public async Task ReadFacts_ClocksOff_AreThoseThatIngestCorrects()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, ClockOff = TimeSpan.FromHours(3) },
            new Attempt(Now.AddHours(-1)) { Device = 2, ClockOff = TimeSpan.FromMinutes(-55) },
            new Attempt(Now.AddHours(-1)) { Device = 3, ClockOff = TimeSpan.FromMinutes(54) },
            new Attempt(Now.AddDays(-8)) { Device = 4, ClockOff = TimeSpan.FromHours(3) });
        await _stage.FoldAsync();

        var facts = await _reader.ReadFactsAsync("notes", Now, Token);

        Assert.Equal((3, 2), (facts.Devices, facts.ClocksOff));
    }

    [Fact]
    public async Task ReadFacts_UnknownApp_IsAllNothing() =>
        Assert.Equal(new IntakeFacts(), await _reader.ReadFactsAsync("unknown", Now, Token));

    [Fact]
    public async Task ReadLosses_QuarantineAndDrops_AreCountedOnceInTheirTime()
    {
        await using var writer = new BatchWriter(_stage.DataSource, new StorageOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger<BatchWriter>.Instance);
        var batch = Some.Batch(Some.Event());
        batch.Quarantined.Add(new QuarantinedEvent("notes", 1, Now.AddDays(9), "timestamp_out_of_range", "{}"));
        batch.Quarantined.Add(new QuarantinedEvent("notes", 2, Now.AddDays(9), "timestamp_out_of_range", "{}"));
        batch.Quarantined.Add(new QuarantinedEvent("mail", 2, Now.AddDays(9), "timestamp_out_of_range", "{}"));
        batch.Drops.Add(new ReportedDrop("notes", 1, 7, "queue_full", 12));
        Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(batch, Token)).Status);

        var losses = await _reader.ReadLossesAsync("notes", Some.Now, Some.Now.AddSeconds(1), Token);

        Assert.Equal([("dropped", "queue_full", 12L), ("quarantined", "timestamp_out_of_range", 2L)], losses.Select(loss => (loss.Kind, loss.Reason, loss.Count)));
        Assert.Equal(Some.Now, losses[0].LastAt);
        Assert.Empty(await _reader.ReadLossesAsync("notes", Some.Now.AddDays(-1), Some.Now, Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadLosses_GivenUpWithoutAnAnswer_AreThoseThatAreNotHere(bool toldFirst)
    {
        await using var writer = new BatchWriter(_stage.DataSource, new StorageOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger<BatchWriter>.Instance);
        // Four of the device's ten numbers are here, one of them outside of what was given up; another device has the same numbers.
        var arrived = Some.Batch([.. new[] { 3L, 5, 9, 11 }.Select(seq => Some.Event(id: seq) with { Seq = seq }), Some.Event(device: 2, id: 4) with { Seq = 4 }]);
        var told = Some.Batch();
        told.Drops.Add(new ReportedDrop("notes", 1, 7, "queue_full", 10) { Doubt = new DoubtfulRange(1, 10, Some.Now.AddMinutes(-1), Some.Now) });
        told.Drops.Add(new ReportedDrop("notes", 1, 8, "expired", 1) { Doubt = new DoubtfulRange(11, 11, Some.Now.AddMinutes(-1), Some.Now) });
        foreach (var batch in toldFirst ? new[] { told, arrived } : [arrived, told])
            Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(batch, Token)).Status);

        var losses = await _reader.ReadLossesAsync("notes", Some.Now, Some.Now.AddSeconds(1), Token);

        Assert.Equal([("dropped", "queue_full", 7L)], losses.Select(loss => (loss.Kind, loss.Reason, loss.Count)));
    }

    [Fact]
    public async Task ReadLosses_ArrivedBeforeItWasToldAndGoneSince_IsStillNotLost()
    {
        await using var writer = new BatchWriter(_stage.DataSource, new StorageOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger<BatchWriter>.Instance);
        Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(Some.Batch(Some.Event() with { Seq = 1 }), Token)).Status);
        var told = Some.Batch();
        told.Drops.Add(new ReportedDrop("notes", 1, 7, "queue_full", 2) { Doubt = new DoubtfulRange(1, 2, Some.Now.AddMinutes(-1), Some.Now) });
        Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(told, Token)).Status);
        await using (var gone = _stage.DataSource.CreateCommand("delete from synchealth.event"))
            await gone.ExecuteNonQueryAsync(Token);

        Assert.Equal(1, Assert.Single(await _reader.ReadLossesAsync("notes", Some.Now, Some.Now.AddSeconds(1), Token)).Count);
    }

    private Task<IReadOnlyList<ArrivalCount>> ReadAsync(DateTimeOffset from, TimeSpan step) => _reader.ReadArrivalsAsync("notes", from, Now, step, Token);
}
