using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Conflicts;

/// <summary>What conflicts of a range add up to.</summary>
public static class ConflictSummary
{
    private const string Unnamed = "not named by the app";

    /// <summary>The range in four numbers.</summary>
    public static IReadOnlyList<Figure> Figures(VitalsPoint? total, VitalsPoint? previous, IReadOnlyList<ConflictShare> conflicts)
    {
        ArgumentNullException.ThrowIfNull(conflicts);
        var attempts = total?.Attempts ?? 0;
        var count = conflicts.Sum(share => share.Conflicts);
        var discarded = conflicts.Sum(share => share.Discarded);
        var unresolved = conflicts.Where(share => share.Strategy == "unresolved").Sum(share => share.Conflicts);
        return
        [
            new Figure("rate", "Conflict rate", total?.ConflictRate is { } rate ? $"{Quantity.Number(rate, 2)} per 100" : "–",
                $"{Quantity.Of(count, "conflict", "conflicts")} in {Quantity.Of(attempts, "attempt", "attempts")}{Change(total?.ConflictRate, previous?.ConflictRate)}"),
            new Figure("conflicted", "Attempts with a conflict", total?.ConflictedShare is { } share ? Quantity.Percent(share) : "–", $"of {Quantity.Of(attempts, "attempt", "attempts")}"),
            new Figure("discarded", "Edits discarded", attempts > 0 ? $"{Quantity.Number(1000.0 * discarded / attempts, 2)} per 1,000" : "–",
                $"{Quantity.Of(discarded, "edit", "edits")} that somebody made and nobody sees any more, per 1,000 attempts"),
            new Figure("unresolved", "Unresolved", Quantity.Count(unresolved), unresolved == 0 ? "every conflict was settled" : "wait for somebody to decide"),
        ];
    }

    /// <summary>Entity types by their conflicts, most first.</summary>
    public static IReadOnlyList<HotSpot> Spots(IReadOnlyList<ConflictShare> conflicts)
    {
        var total = conflicts.Sum(share => share.Conflicts);
        return
        [
            .. from share in conflicts
               group share by share.Entity into entity
               let count = entity.Sum(share => share.Conflicts)
               let discarded = entity.Sum(share => share.Discarded)
               orderby count descending, discarded descending, entity.Key
               select new HotSpot(
                   entity.Key.Length == 0 ? Unnamed : entity.Key == "__other__" ? "other types" : entity.Key, count, Ratio(count, total), discarded,
                   Mix(entity, share => StrategyWords.Strategy(share.Strategy), count), Mix(entity, share => StrategyWords.Kind(share.Kind), count)),
        ];
    }

    /// <summary>Whose edits stayed, most first.</summary>
    public static IReadOnlyList<Portion> Winners(IReadOnlyList<ConflictShare> conflicts)
    {
        var total = conflicts.Sum(share => share.Conflicts);
        return
        [
            .. from share in conflicts
               group share.Conflicts by StrategyWords.Winner(share.Winner) into winner
               let count = winner.Sum()
               where count > 0
               orderby count descending, winner.Key
               select new Portion(winner.Key, count, Ratio(count, total)),
        ];
    }

    private static string Mix(IEnumerable<ConflictShare> conflicts, Func<ConflictShare, string> property, long total) => string.Join(", ",
        from share in conflicts
        group share.Conflicts by property(share) into same
        let count = same.Sum()
        where count > 0
        orderby count descending, same.Key
        select count == total ? same.Key : $"{same.Key} {Quantity.Percent(100 * Ratio(count, total))}");

    private static string Change(double? now, double? before) =>
        now is { } rate && before is { } was ? $" · {Quantity.Change(rate - was, value => Quantity.Number(value, 2))} against the time before" : "";

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
