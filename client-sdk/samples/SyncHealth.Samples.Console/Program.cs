// Sends a few sync attempts to a running SyncHealth: dotnet run --project client-sdk/samples/SyncHealth.Samples.Console [address] [key]
using SyncHealth.Client;
using SyncHealth.Contracts;

var address = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:8080");
var key = args.ElementAtOrDefault(1) ?? "demo";

// <snippet>
await using var telemetry = SyncTelemetry.Create(new SyncTelemetryOptions { Endpoint = address, Key = key, App = "notes", AppVersion = "2.4.1" });

using (var attempt = telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground))
{
    attempt.On(SyncNetwork.Wifi).Pushed(3).Pulled(12).Queue(depth: 0);
    attempt.Conflict("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, discarded: 1);
    attempt.Succeed();
}
// </snippet>

var now = TimeProvider.System.GetUtcNow();

// When the app opens: how much waits, and when the last sync succeeded.
telemetry.Opened(queueDepth: 4, lastSuccessAt: now.AddHours(-3));

// A failure says whose fault it was; a retry inside the cycle is no second attempt.
using (var attempt = telemetry.StartSync(SyncType.Push, SyncTrigger.LocalWrite))
    attempt.On(SyncNetwork.Cellular, metered: true).Retried().Queue(depth: 4, oldestPending: TimeSpan.FromMinutes(9)).Fail(SyncErrorKind.Server, "http_503");

// Items that the server refused do not make the cycle a failure.
using (var attempt = telemetry.StartSync(SyncType.Full, SyncTrigger.User))
    attempt.Direction(SyncDirection.Both).Bytes(up: 914, down: 5120).Applied(11).Rejected(1).ItemFailure("photo", "denied", "http_422", count: 1, parked: true).Partial();

// A cycle that the system stopped, with work put off until there is a network that costs nothing.
using (var attempt = telemetry.StartSync(SyncType.Pull, SyncTrigger.Scheduled))
    attempt.LastSuccess(now.AddHours(-3)).Deferred("metered", count: 2).Cancel();

// For hosts that keep events of their own, in the article's shape (telemetry is an ISyncLogger).
telemetry.Log(new SyncEvent(now, SyncType.Delta, Success: true, DurationMs: 640, ConflictCount: 0, QueuedItems: 2));
var isOnDisk = await telemetry.RecordAsync(new SyncEvent(now, SyncType.Full, Success: true, DurationMs: 9100, ConflictCount: 1, QueuedItems: 0));

// A new version and a user, as of the next event; a client reset with what it cost.
telemetry.AppVersion = "2.5.0";
telemetry.UserRef = "u-812";
telemetry.Reset(discardedItems: 2);

// An app's own tests take events on the device, through the same queue and sender; and a user who says no leaves nothing behind.
using var sink = new InMemorySink();
await using (var local = SyncTelemetry.Create(sink.Options()))
{
    local.StartSync(SyncType.Delta).Succeed();
    Console.WriteLine($"On disk: {isOnDisk && await local.FlushToDiskAsync()}, taken: {await local.FlushAsync(within: TimeSpan.FromSeconds(3))}, events: {sink.Events.Count}, deleted: {await local.OptOutAsync()}");
    local.OptIn();
}

// Not needed in an app: disposal stores and sends as well. It tells a program whether all has arrived.
var empty = await telemetry.FlushAsync();
var status = telemetry.Status;
Console.WriteLine($"{status.State}: {status.Sent} sent, {status.Rejected} rejected, {status.Queued} queued as {status.DeviceId}{(empty ? "" : $" ({status.LastProblem})")}");
return empty ? 0 : 1;
