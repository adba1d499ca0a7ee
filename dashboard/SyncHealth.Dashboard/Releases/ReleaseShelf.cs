using System.Collections.Concurrent;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Releases;

/// <summary>
/// Keeps verdicts a while: a page asks for many of them every few seconds, and in a large fleet each takes a second. A verdict is read again
/// when it is older than a multiple of what it cost, so that verdicts take a twentieth of one processor at most, however many look.
/// </summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class VerdictShelf(IVerdictReader reader, TimeProvider pace)
{
    private const int CostsPerTurn = 20;

    /// <summary>Questions kept: more releases than any page shows, of some apps.</summary>
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<VerdictQuestion, (VerdictReading? Reading, long ReadAt, TimeSpan Cost)> _kept = new();

    public async Task<VerdictReading?> ReadAsync(VerdictQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var key = question with { Now = default };
        if (_kept.TryGetValue(key, out var kept) && pace.GetElapsedTime(kept.ReadAt) < kept.Cost * CostsPerTurn)
            return kept.Reading;
        var started = pace.GetTimestamp();
        var reading = await reader.ReadAsync(question, cancellationToken);
        if (_kept.Count >= MostKept)
            _kept.Clear();
        _kept[key] = (reading, pace.GetTimestamp(), pace.GetElapsedTime(started));
        return reading;
    }
}
