using System.Collections.Concurrent;

namespace SyncHealth.Testing.Faults;

/// <summary>How often each kind of fault struck: a suite whose faults do not fire proves nothing.</summary>
public sealed class FaultCounters
{
    /// <summary>Strikes of each kind without which a suite proves nothing (goal H2).</summary>
    public const int Least = 20;

    private readonly ConcurrentDictionary<FaultKind, int> _fired = [];

    public int this[FaultKind kind] => _fired.GetValueOrDefault(kind);

    public int Total => _fired.Values.Sum();

    /// <summary>Ends the suite as failed when one of <paramref name="kinds"/> struck less than <paramref name="least"/> times.</summary>
    /// <exception cref="InvalidOperationException">One did; the message has all counts.</exception>
    public void Require(int least, params IReadOnlyList<FaultKind> kinds)
    {
        if (kinds.Any(kind => this[kind] < least))
            throw new InvalidOperationException($"Every fault must strike {least} times, but: {this}.");
    }

    public override string ToString() => string.Join(", ", _fired.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>Counts a fault that struck, not one that was meant to.</summary>
    public void Count(FaultKind kind, int times = 1) => _fired.AddOrUpdate(kind, static (_, times) => times, static (_, count, times) => count + times, times);
}
