using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;
using SyncHealth.Testing;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>
/// A process that is gone for good left a file whose events have all grown too old: that they are lost is told all the same, in a batch without events, so that
/// what the install had issued adds up at the server.
/// </summary>
public sealed class LeftLossesTests : IDisposable
{
    private const int Left = 3;

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = Some.Clock();
    private readonly FakeIngest _ingest = new();

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FlushAsync_FileWithoutEvents_TellsItsLossesOnce()
    {
        LeaveExpired();

        await using (var telemetry = Start())
            Assert.True(await telemetry.FlushAsync());
        await using (var telemetry = Start())
            Assert.True(await telemetry.FlushAsync());

        var told = Assert.Single(_ingest.Batches);
        Assert.Empty(told.Events);
        Assert.Equal(Left, Assert.Single(told.Dropped, static loss => loss.Key == DropReasons.Expired).Value);
        Assert.Equal("notes", told.Body.GetProperty("resource").GetProperty("app").GetString());
    }

    /// <summary>The answer is lost: the same account under the same key, which the server counts once.</summary>
    [Fact]
    public async Task FlushAsync_AnswerLost_TellsTheSameUnderItsKey()
    {
        LeaveExpired();
        await TellInVainAsync();
        _ingest.Respond = static _ => null;

        await using (var telemetry = Start())
            Assert.True(await telemetry.FlushAsync());

        Assert.True(_ingest.Batches.Count > 1);
        Assert.Single(_ingest.Batches.Select(static batch => batch.Key).Distinct());
        Assert.All(_ingest.Batches, static batch => Assert.Equal(Left, batch.Dropped[DropReasons.Expired]));
        Assert.Equal(Enumerable.Range(1, _ingest.Batches.Count), _ingest.Batches.Select(static batch => batch.Attempt));
    }

    /// <summary>Its process comes back before anybody could tell: the account leaves with the first event it records, under the name that the server may have heard.</summary>
    [Fact]
    public async Task Take_ByAnOwnerThatComesBack_TellsTheAccountWithTheEvent()
    {
        LeaveExpired();
        await TellInVainAsync();

        using var queue = OpenLeft();
        queue.Append([Some.Record(_time.GetUtcNow())], Some.NoDrops);
        var batch = queue.Take()!;

        Assert.Single(batch.Events);
        var loss = Assert.Single(batch.Dropped);
        Assert.Equal((DropReasons.Expired, (long)Left, _ingest.Batches[0].Key), (loss.Reason, loss.Count, loss.Report));
        Assert.True(queue.Settle(batch, rejected: 0));
        Assert.Null(queue.TakeAccount());
        Assert.Equal(Left, queue.Books!.Dropped[DropReasons.Expired]);
    }

    /// <summary>Whoever records into the file and has nothing to send takes nothing: the account waits for an event, which OpenTelemetry needs to tell it with.</summary>
    [Fact]
    public async Task Take_WithoutAnEvent_LeavesTheAccount()
    {
        LeaveExpired();
        await TellInVainAsync();

        using var queue = OpenLeft();

        Assert.Null(queue.Take());
        Assert.Null(queue.UntilDue());
        Assert.NotNull(queue.TakeAccount());
    }

    /// <summary>An opt-out is for what was lost as well.</summary>
    [Fact]
    public async Task OptOut_FileWithoutEvents_ForgetsItsLosses()
    {
        LeaveExpired();

        await using (var telemetry = Start())
            Assert.True(await telemetry.OptOutAsync());

        using var queue = OpenLeft();
        Assert.Null(queue.TakeAccount());
        Assert.Empty(queue.Books!.Dropped);
        Assert.Empty(_ingest.Batches);
    }

    /// <summary>OpenTelemetry has no place for losses but an event: nothing is sent, and nothing counts as told.</summary>
    [Fact]
    public async Task FlushAsync_OverOtlp_KeepsTheAccount()
    {
        LeaveExpired();

        await using (var telemetry = Start(SyncProtocol.Otlp))
            Assert.True(await telemetry.FlushAsync());

        Assert.Empty(_ingest.Batches);
        using var queue = OpenLeft();
        Assert.NotNull(queue.TakeAccount());
    }

    private async Task TellInVainAsync()
    {
        _ingest.Respond = static _ => throw new HttpRequestException("The answer was lost.");
        await using (var telemetry = Start())
            Assert.False(await telemetry.FlushAsync());
    }

    private SyncTelemetry Start(SyncProtocol protocol = SyncProtocol.Json)
    {
        var options = Some.Options(_ingest, _folder.FullPath, _time);
        options.Protocol = protocol;
        return SyncTelemetry.Create(options);
    }

    private EventQueue OpenLeft() => new(new QueueFolder(_folder.FullPath, 2), Some.Limits(), new Uptime(_time), new Announcer(null));

    // Three events, recorded and never sent; then nobody looks for longer than they are kept.
    private void LeaveExpired()
    {
        // The second file of the folder, because the first is held.
        using (var held = Some.Queue(_folder.FullPath, _time))
        using (var queue = Some.Queue(_folder.FullPath, _time))
        {
            Assert.True(held.TryOpen());
            Assert.True(queue.Append(Some.Records(Left), Some.NoDrops));
        }

        _time.Advance(TimeSpan.FromDays(40));
        using var again = OpenLeft();
        Assert.Null(again.Take());
        Assert.Equal(0, again.Books!.Queued);
    }
}
