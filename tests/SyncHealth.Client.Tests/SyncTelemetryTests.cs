using System.Net;
using System.Text.Json;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests;

public sealed class SyncTelemetryTests : IDisposable
{
    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Attempt_EverythingSaid_ArrivesAsSaid()
    {
        var time = Some.Clock();
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, time: time));
        using (var attempt = telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground))
        {
            time.Advance(TimeSpan.FromMilliseconds(812));
            attempt.Pushed(3).Pulled(12).Applied(11).Rejected(1).Bytes(914, 5120).Retried().On(SyncNetwork.Wifi, metered: false)
                .Direction(SyncDirection.Both).Queue(4, TimeSpan.FromSeconds(90)).LastSuccess(Some.Now.AddHours(-1))
                .Conflict("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, discarded: 1)
                .ItemFailure("photo", "denied", "http_422", 1, parked: true).Deferred("metered", 2);
            attempt.Partial();
        }

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(
            """{"seq":1,"timestamp":"2026-11-22T08:00:00.812Z","type":"delta","success":true,"durationMs":812,"conflictCount":1,"queuedItems":4,"outcome":"partial","direction":"both","trigger":"foreground","network":"wifi","metered":false,"retries":1,"pushed":3,"pulled":12,"applied":11,"rejected":1,"bytesUp":914,"bytesDown":5120,"oldestPendingMs":90000,"lastSuccessAt":"2026-11-22T07:00:00Z","conflicts":[{"entity":"note","kind":"update_update","strategy":"lww","winner":"remote","discarded":1,"count":1}],"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":true}],"deferred":[{"reason":"metered","count":2}],"ageMs":0}""",
            WithoutId(Assert.Single(_ingest.Batches[0].Events)));
    }

    [Fact]
    public async Task Attempt_NoOutcomeOrSeveral_CountsOnce()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        using (telemetry.StartSync(SyncType.Pull))
        {
        }

        using (var attempt = telemetry.StartSync(SyncType.Push))
        {
            attempt.Fail(SyncErrorKind.Server, "http_503");
            attempt.Pushed(5).Succeed();
        }

        telemetry.StartSync(SyncType.Push).Fail(SyncErrorKind.None);

        await telemetry.FlushAsync();
        var events = _ingest.Batches.SelectMany(b => b.Events).ToList();
        Assert.Equal(["cancelled", "failure", "failure"], events.Select(e => e.GetProperty("outcome").GetString()));
        Assert.Equal(["cancelled", "server", "unknown"], events.Select(e => e.GetProperty("error").GetProperty("kind").GetString()));
        Assert.False(events[1].TryGetProperty("pushed", out _));
    }

    [Fact]
    public async Task OpenedResetAndLog_ArriveInTheContractsShape()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, time: Some.Clock()));
        telemetry.Opened(7, Some.Now.AddDays(-1), TimeSpan.FromHours(2));
        telemetry.Reset(3);
        telemetry.Log(new SyncEvent(Some.Now.AddMinutes(-5), SyncType.Full, Success: false, DurationMs: 99, ConflictCount: 2, QueuedItems: 1));

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(
            [
                """{"seq":1,"timestamp":"2026-11-22T08:00:00Z","type":"open","success":true,"durationMs":0,"conflictCount":0,"queuedItems":7,"oldestPendingMs":7200000,"lastSuccessAt":"2026-11-21T08:00:00Z","ageMs":0}""",
                """{"seq":2,"timestamp":"2026-11-22T08:00:00Z","type":"reset","success":true,"durationMs":0,"conflictCount":0,"queuedItems":0,"rejected":3,"ageMs":0}""",
                """{"seq":3,"timestamp":"2026-11-22T07:55:00Z","type":"full","success":false,"durationMs":99,"conflictCount":2,"queuedItems":1,"outcome":"failure"}""",
            ],
            _ingest.Batches[0].Events.Select(WithoutId));
    }

    [Fact]
    public async Task AppVersion_Changed_IsAsOfTheEvent()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        telemetry.StartSync(SyncType.Delta).Succeed();
        telemetry.AppVersion = "3.0";
        telemetry.OsVersion = "15";
        telemetry.UserRef = "u-1";
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.True(await telemetry.FlushAsync());
        var resources = _ingest.Batches.Select(b => b.Body.GetProperty("resource")).ToList();
        Assert.Equal(["2.4.1", "3.0"], resources.Select(r => r.GetProperty("appVersion").GetString()));
        Assert.Equal("u-1", resources[1].GetProperty("userRef").GetString());
        Assert.Equal("15", resources[1].GetProperty("osVersion").GetString());
    }

    [Fact]
    public async Task Create_AfterDisposeOffline_SendsWhatWasLeft()
    {
        _ingest.Respond = _ => throw new HttpRequestException("offline");
        string device;
        await using (var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath)))
        {
            for (var i = 0; i < 5; i++)
                telemetry.StartSync(SyncType.Delta).Succeed();
            Assert.True(await telemetry.FlushToDiskAsync());
            device = telemetry.Status.DeviceId!;
        }

        _ingest.Respond = _ => null;
        await using var restarted = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));

        Assert.True(await restarted.FlushAsync());
        Assert.Equal(5, _ingest.Events.Count);
        Assert.Equal(device, _ingest.Batches[^1].Body.GetProperty("resource").GetProperty("deviceId").GetString());
        Assert.All(_ingest.Batches[^1].Events, e => Assert.False(e.TryGetProperty("ageMs", out _)));
    }

    [Fact]
    public async Task DisposeAsync_EventsNeverFlushed_AreOnDisk()
    {
        await using (var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath)))
            for (var i = 0; i < 50; i++)
                telemetry.StartSync(SyncType.Delta).Succeed();

        await using var restarted = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));
        Assert.True(await restarted.FlushAsync());
        Assert.Equal(50, _ingest.Events.Count);
    }

    [Fact]
    public async Task DisposeAsync_NetworkAnswersInTime_SendsWhatIsQueued()
    {
        var options = Some.Options(_ingest);
        options.ShutdownTimeout = TimeSpan.FromSeconds(10);
        await using (var telemetry = SyncTelemetry.Create(options))
            telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.Single(_ingest.Events);
    }

    [Fact]
    public async Task DisposeAsync_NetworkHangs_ReturnsAtTheShutdownTimeoutAndKeepsTheEvents()
    {
        using var hanging = new HangingHandler();
        var clock = Some.Clock();
        var options = Some.Options(hanging, _folder.FullPath);
        options.ShutdownClock = clock;
        options.ShutdownTimeout = new SyncTelemetryOptions().ShutdownTimeout;
        // Nothing but the shutdown ends that request.
        options.RequestTimeout = TimeSpan.FromDays(1);
        var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();
        var disposing = telemetry.DisposeAsync().AsTask();
        await hanging.Asked;

        Assert.True(options.ShutdownTimeout <= TimeSpan.FromSeconds(2));
        clock.Advance(options.ShutdownTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(disposing.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await disposing;

        await using var restarted = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));
        Assert.True(await restarted.FlushAsync());
        Assert.Equal(2, Assert.Single(_ingest.Batches).Attempt);
    }

    [Fact]
    public async Task RequestTimeout_ServerHangs_IsNoAnswer()
    {
        using var hanging = new HangingHandler();
        var options = Some.Options(hanging);
        options.RequestTimeout = TimeSpan.FromMilliseconds(50);
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.False(await telemetry.FlushAsync());
        Assert.StartsWith("timeout", telemetry.Status.LastProblem, StringComparison.Ordinal);
        Assert.Equal(1, telemetry.Status.Queued);
    }

    [Fact]
    public async Task RecordAsync_Event_IsOnDiskWhenItReturns()
    {
        var options = Some.Options(_ingest, _folder.FullPath);
        await using (var telemetry = SyncTelemetry.Create(options))
        {
            Assert.True(await telemetry.RecordAsync(new SyncEvent(TimeProvider.System.GetUtcNow(), SyncType.Delta, Success: true, DurationMs: 640, ConflictCount: 0, QueuedItems: 2)));
            Assert.Equal((1, 1), (telemetry.Status.Issued, telemetry.Status.Queued));
        }

        using var queue = Some.Queue(_folder.FullPath);
        Assert.True(queue.TryOpen());
        Assert.Equal(1, queue.Books!.Queued);
    }

    [Fact]
    public async Task RecordAsync_DiskRefuses_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "a file where the folder should be");
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.File("taken")));

        Assert.False(await telemetry.RecordAsync(new SyncEvent(TimeProvider.System.GetUtcNow(), SyncType.Delta, Success: true, DurationMs: 640, ConflictCount: 0, QueuedItems: 2)));
    }

    [Fact]
    public async Task FlushToDiskAsync_FolderCannotBeMade_SaysSoAndRecovers()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "a file where the folder should be");
        var notices = new List<SyncNotice>();
        var options = Some.Options(_ingest, _folder.File("taken"));
        options.OnNotice = notices.Add;
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();

        Assert.False(await telemetry.FlushToDiskAsync());
        Assert.Equal(SyncTelemetryState.StorageUnavailable, telemetry.Status.State);
        File.Delete(_folder.File("taken"));
        Assert.True(await telemetry.FlushToDiskAsync());

        Assert.True(await telemetry.FlushAsync());
        Assert.Single(_ingest.Events);
        Assert.Equal("storage_unavailable", Assert.Single(notices).Code);
    }

    [Fact]
    public async Task EveryCall_AfterDispose_DoesNothingAndThrowsNothing()
    {
        var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        var attempt = telemetry.StartSync(SyncType.Delta);
        await telemetry.DisposeAsync();

        attempt.Pushed(1).Succeed();
        telemetry.Opened(1, null);
        telemetry.Log(null!);

        Assert.False(await telemetry.FlushToDiskAsync());
        Assert.False(await telemetry.FlushAsync());
        Assert.Equal(SyncTelemetryState.Disposed, telemetry.Status.State);
        telemetry.Dispose();
    }

    [Fact]
    public async Task Record_FromManyThreads_GivesEveryEventItsNumber()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
                telemetry.StartSync(SyncType.Delta).Pushed(1).Succeed();
        })));

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(Enumerable.Range(1, 800).Select(i => (long)i), _ingest.Batches.SelectMany(b => b.Seqs).Order());
        Assert.Equal(800, _ingest.Events.Count);
    }

    [Fact]
    public async Task Ledger_UnderAnUnreliableServer_AddsUp()
    {
        var random = new Random(42);
        _ingest.Respond = _ => random.Next(8) switch
        {
            0 => FakeIngest.Refusal(HttpStatusCode.ServiceUnavailable),
            1 => throw new HttpRequestException("reset"),
            2 => FakeIngest.Page(HttpStatusCode.OK),
            3 => FakeIngest.Refusal(HttpStatusCode.BadRequest),
            4 => FakeIngest.Refusal(HttpStatusCode.RequestEntityTooLarge),
            _ => null,
        };
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < 25; i++)
                telemetry.StartSync(SyncType.Delta).Succeed();
            await telemetry.FlushAsync();
        }

        _ingest.Respond = _ => null;
        await telemetry.FlushToDiskAsync();
        var status = telemetry.Status;
        Assert.Equal(1000, status.Issued);
        Assert.Equal(status.Issued, status.Sent + status.Queued + status.Dropped.Values.Sum());
        Assert.Equal(status.Sent, _ingest.Events.Count);
        Assert.True(status.Dropped.Values.Sum() > 0);
    }

    [Theory]
    [InlineData("Endpoint")]
    [InlineData("Key")]
    [InlineData("MaxQueueBytes")]
    [InlineData("MaxQueueAge")]
    [InlineData("BatchSize")]
    [InlineData("BatchInterval")]
    [InlineData("SparingInterval")]
    [InlineData("ReplayInterval")]
    [InlineData("RequestTimeout")]
    [InlineData("ShutdownTimeout")]
    [InlineData("TimeProvider")]
    public void Create_BadOption_NamesIt(string name)
    {
        var options = Some.Options(_ingest);
        var property = typeof(SyncTelemetryOptions).GetProperty(name)!;
        property.SetValue(options, property.PropertyType switch
        {
            var t when t == typeof(Uri) => new Uri("/relative", UriKind.Relative),
            var t when t == typeof(string) => " key with blanks ",
            var t when t == typeof(TimeSpan) => TimeSpan.FromSeconds(-1),
            var t when t == typeof(long) => 1L,
            var t when t == typeof(int) => 0,
            _ => null,
        });

        Assert.StartsWith(name + " must", Assert.Throws<ArgumentException>(() => SyncTelemetry.Create(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_TwoHundredInOneProcess_TakesFewKibibytesEach()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var many = Enumerable.Range(0, 200).Select(_ => SyncTelemetry.Create(Some.Options(_ingest))).ToList();
        foreach (var telemetry in many)
        {
            telemetry.Opened(1, null);
            await telemetry.FlushToDiskAsync();
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / many.Count;
        foreach (var telemetry in many)
            await telemetry.DisposeAsync();

        // Other tests allocate meanwhile; alone it is 8 KiB.
        Assert.InRange(each, -1_000_000, 200 * 1024);
    }

    private static string WithoutId(JsonElement item)
    {
        Assert.EndsWith("-" + item.GetProperty("seq"), item.GetProperty("id").GetString(), StringComparison.Ordinal);
        var text = item.GetRawText();
        return "{" + text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..];
    }
}
