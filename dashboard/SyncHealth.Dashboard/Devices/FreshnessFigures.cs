using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>A promise of freshness: how it stands now, how it stood over a week, what is left of its error budget and how fast that goes.</summary>
public static class FreshnessFigures
{
    /// <summary>The time of the budget on the page: a week of hours is read with the page, a month of them is a question of its own.</summary>
    public static readonly TimeSpan Over = TimeSpan.FromDays(7);

    /// <summary>Below this the budget is nearly gone, in percent.</summary>
    private const double LittleLeft = 25;

    /// <returns>Empty without devices.</returns>
    public static IReadOnlyList<Figure> Of(FreshnessBudget promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        if (promise is not { Freshness: { } now, BurnRate: { } burn })
            return [];
        var objective = $"promised are {Quantity.Percent(promise.Objective)}";
        var fresh = new Figure("freshness-now", "Fresh now", Quantity.Percent(now), $"{Quantity.Count(promise.Fresh)} of {Quantity.Of(promise.Devices, "device", "devices")}; {objective}", BandOf(now >= promise.Objective));
        return promise is not { FreshnessOver: { } over, BudgetLeft: { } left } ? [fresh] :
        [
            fresh,
            new Figure("freshness-over", "Fresh over the time", Quantity.Percent(over), $"over the {Quantity.Of(promise.Hours, "hour", "hours")} that are known", BandOf(over >= promise.Objective)),
            new Figure("freshness-budget", "Error budget", left < 0 ? "overspent" : $"{Quantity.Percent(left)} left",
                $"{Quantity.Count(promise.StaleHours)} of {Quantity.Of(promise.Budget, "device-hour", "device-hours")} are spent", left < 0 ? Band.Poor : left < LittleLeft ? Band.NeedsAttention : Band.Good),
            new Figure("freshness-burn", "Burn rate", $"{Quantity.Number(burn, 1)}×", "1 spends the budget exactly by the end of the time", BandOf(burn <= 1)),
        ];
    }

    private static Band BandOf(bool isKept) => isKept ? Band.Good : Band.NeedsAttention;
}
