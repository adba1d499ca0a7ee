using System.Net;
using SyncHealth.Client.Tests.Durability.Disk;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Sending;

/// <summary>A12: whatever the worker calls may throw once; the next batch leaves all the same, by itself and within an interval.</summary>
public sealed class WorkerSurvivalTests : IDisposable
{
    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();
    private int _calls;

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> CallSites => ["handler", "handler's answer", "answer's body", "answer's header", "notice", "disk", "clock of timers"];

    [Theory]
    [MemberData(nameof(CallSites))]
    public async Task Worker_CallThrowsOnce_TheNextBatchLeavesByItself(string site)
    {
        var options = Some.Options(_ingest, _folder.FullPath);
        options.BatchInterval = TimeSpan.FromMilliseconds(20);
        var disk = new FailingScript(site == "disk" ? 1 : int.MaxValue, _ => SQLitePCL.raw.SQLITE_IOERR);
        using var watched = FaultyDisk.Watch(_folder.FullPath, disk);
        _ingest.Respond = _ => First() ? Broken(site) : null;
        if (site == "notice")
            options.OnNotice = _ => throw new InvalidOperationException("host's notice");
        if (site == "clock of timers")
            options.TimeProvider = new BrokenTimers();
        await using var telemetry = SyncTelemetry.Create(options);
        telemetry.StartSync(SyncType.Delta).Succeed();
        await telemetry.FlushToDiskAsync();
        disk.Heal();

        telemetry.StartSync(SyncType.Delta).Succeed();
        // A refused key is asked about in an hour; everything else comes back by itself.
        if (site == "notice")
            await Eventually.TrueAsync(() => telemetry.Status.State == SyncTelemetryState.Refused, "the refusal is taken");
        else
            await Eventually.TrueAsync(() => telemetry.Status.Sent == 2, $"both leave: {telemetry.Status}");

        Assert.True(site == "notice" || _ingest.Events.Count == 2);
    }

    private bool First() => Interlocked.Increment(ref _calls) == 1;

    private static HttpResponseMessage? Broken(string site) => site switch
    {
        "handler" => throw new InvalidOperationException("host's handler"),
        "handler's answer" => new HttpResponseMessage(HttpStatusCode.OK) { Content = null },
        "answer's body" => new HttpResponseMessage(HttpStatusCode.OK) { Content = new BrokenContent() },
        "answer's header" => Garbled(),
        "notice" => FakeIngest.Refusal(HttpStatusCode.Unauthorized),
        _ => null,
    };

    private static HttpResponseMessage Garbled()
    {
        var answer = FakeIngest.Json(HttpStatusCode.ServiceUnavailable, "{}");
        answer.Headers.TryAddWithoutValidation("Retry-After", "\u0001\u0002");
        answer.Headers.TryAddWithoutValidation("Date", "yesterday");
        return answer;
    }
}
