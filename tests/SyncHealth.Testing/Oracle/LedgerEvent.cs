using System.Globalization;
using System.Text;

namespace SyncHealth.Testing.Oracle;

/// <summary>One event of the oracle. Every field follows from the number, so that whoever finds the number knows what must stand beside it.</summary>
public readonly record struct LedgerEvent
{
    /// <summary>Devices that the events come from.</summary>
    private const int Devices = 40;

    /// <summary>The events of one ledger lie within this before its origin.</summary>
    private const int SpreadMs = 50 * 60 * 1000;

    private static readonly string[] Types = ["delta", "full", "push", "pull", "open"];

    /// <summary>Also the event's <c>seq</c>: the way back from a row to its number.</summary>
    public long Number { get; private init; }

    public DateTimeOffset At { get; private init; }

    public int DurationMs { get; private init; }

    public int Queued { get; private init; }

    public int Retries { get; private init; }

    public int Pushed { get; private init; }

    public int Conflicts { get; private init; }

    public long BytesUp { get; private init; }

    public string Type => Types[Number % Types.Length];

    public bool IsAttempt => Type != "open";

    public string Version => string.Create(CultureInfo.InvariantCulture, $"1.{Number % 3}");

    /// <param name="number">From 1.</param>
    /// <param name="origin">The ledger's latest time.</param>
    public static LedgerEvent Of(long number, DateTimeOffset origin)
    {
        var bits = Mix((ulong)number);
        return new LedgerEvent
        {
            Number = number,
            At = origin.AddTicks(-(origin.Ticks % TimeSpan.TicksPerMillisecond)).AddMilliseconds(-(double)(bits % SpreadMs)),
            DurationMs = (int)((bits >> 8) % 100_000),
            Queued = (int)((bits >> 16) % 500),
            Retries = (int)((bits >> 24) % 4),
            Pushed = (int)((bits >> 32) % 1_000),
            Conflicts = (int)((bits >> 40) % 3),
            BytesUp = (long)((bits >> 20) % 1_000_000),
        };
    }

    public void AppendJson(StringBuilder json) => json.Append(CultureInfo.InvariantCulture,
        $$"""{"id":"o-{{Number}}","seq":{{Number}},"timestamp":{{At.ToUnixTimeMilliseconds()}},"type":"{{Type}}","success":true,"durationMs":{{DurationMs}},"queuedItems":{{Queued}},"retries":{{Retries}},"pushed":{{Pushed}},"conflictCount":{{Conflicts}},"bytesUp":{{BytesUp}},"appVersion":"{{Version}}"}""");

    /// <summary>The device of a batch that begins with this number.</summary>
    public static string DeviceOf(long number) => string.Create(CultureInfo.InvariantCulture, $"oracle-{number % Devices}");

    /// <summary>SplitMix64's finaliser: neighbours share nothing (https://prng.di.unimi.it/splitmix64.c).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
