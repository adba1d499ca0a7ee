using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Attempts of every kind over the days before a moment, the same for a seed: late ones, wrong clocks, unknown devices, open events.</summary>
internal static class SomeAttempts
{
    private static readonly SyncErrorKind[] Errors =
        [SyncErrorKind.Offline, SyncErrorKind.Timeout, SyncErrorKind.Server, SyncErrorKind.Auth, SyncErrorKind.Client, SyncErrorKind.Unknown, SyncErrorKind.None];

    public static IReadOnlyList<Attempt> Before(DateTimeOffset now, int seed, int count, TimeSpan over)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => One(now, over, random))];
    }

    private static Attempt One(DateTimeOffset now, TimeSpan over, Random random)
    {
        // Squared, so that half of them lie in the last quarter; whole milliseconds, as on the wire.
        var at = now.AddMilliseconds(-Math.Floor(over.TotalMilliseconds * Math.Pow(random.NextDouble(), 2)) - 1);
        var lag = random.Next(4) == 0 ? (now - at) * random.NextDouble() : TimeSpan.FromSeconds(random.Next(60));
        var received = at + TimeSpan.FromMilliseconds(Math.Floor(lag.TotalMilliseconds));
        var outcome = (SyncOutcome)random.Next((int)SyncOutcome.Success, (int)SyncOutcome.Cancelled + 1);
        var conflicts = random.Next(5) == 0 ? random.Next(4) : 0;
        return new Attempt(at)
        {
            Received = received > now ? now : received,
            ClockOff = random.Next(10) == 0 ? TimeSpan.FromHours(random.Next(-100, 100)) : TimeSpan.Zero,
            Device = random.Next(20) == 0 ? null : random.Next(1, 40),
            Version = Pick("2.4.0", "2.4.1", "2.10.0"),
            Os = Pick("android", "ios"),
            OsVersion = Pick("13", "14"),
            Network = Pick("wifi", "cellular", "none"),
            Type = random.Next(8) == 0 ? SyncType.Open : (SyncType)random.Next((int)SyncType.Full, (int)SyncType.Pull + 1),
            Trigger = Pick("foreground", "scheduled"),
            Model = Pick("Pixel 8", "iPhone 15"),
            Cohort = Pick("beta", "stable"),
            Outcome = outcome,
            Error = outcome == SyncOutcome.Cancelled ? SyncErrorKind.Cancelled : Errors[random.Next(Errors.Length)],
            Code = random.Next(3) == 0 ? null : Pick("http_503", "disk_full"),
            DurationMs = (int)Math.Exp(random.NextDouble() * 12),
            Retries = random.Next(3),
            Queue = random.Next(5),
            Conflicts = conflicts,
            ConflictEntries = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new ConflictEntry(
                Pick("note", "photo"), ConflictKind.UpdateUpdate, (ConflictStrategy)random.Next(0, (int)ConflictStrategy.Unresolved + 1), (ConflictWinner)random.Next(0, (int)ConflictWinner.Merged + 1),
                random.Next(2), random.Next(3)))],
        };

        string Pick(params string[] values) => values[random.Next(values.Length)];
    }
}
