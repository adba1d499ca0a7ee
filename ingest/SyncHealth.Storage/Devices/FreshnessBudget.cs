namespace SyncHealth.Storage.Devices;

/// <summary>What is left of a promise of freshness. A device counts that was seen in the 7 days before; one that never synced ages from first seen.</summary>
/// <param name="By">Dimensions as asked, with the values of the group.</param>
/// <param name="Objective">Percent of the devices that are to be fresh.</param>
/// <param name="Devices">Devices now.</param>
/// <param name="Fresh">Of those, the ones whose last success is recent enough.</param>
/// <param name="Hours">Full hours that are known of the time asked for; each is looked at once, on the hour.</param>
/// <param name="DeviceHours">Devices added up over those hours.</param>
/// <param name="StaleHours">Devices that were not fresh, added up over those hours.</param>
public sealed record FreshnessBudget(
    IReadOnlyDictionary<string, string> By, double Objective, long Devices, long Fresh, int Hours, long DeviceHours, long StaleHours)
{
    private const double Percent = 100;

    /// <summary>Percent of the devices that are fresh now; null without any.</summary>
    public double? Freshness => Devices == 0 ? null : Percent * Fresh / Devices;

    /// <summary>Percent of the devices that were fresh, over the hours; null where none is known.</summary>
    public double? FreshnessOver => DeviceHours == 0 ? null : Percent * (DeviceHours - StaleHours) / DeviceHours;

    /// <summary>The error budget: device-hours that may be stale at this objective.</summary>
    /// <remarks>Beyer and others (2018), The Site Reliability Workbook, chapter 2: 1 − the objective, times what is counted.</remarks>
    public double Budget => DeviceHours * (Percent - Objective) / Percent;

    /// <summary>Percent of the budget that is left; below 0 the promise is broken, and null where no hour is known.</summary>
    public double? BudgetLeft => DeviceHours == 0 ? null : Percent * (1 - (StaleHours / Budget));

    /// <summary>How many times as fast as the objective allows the budget goes now; 1 spends exactly all of it. Null without devices.</summary>
    /// <remarks>Beyer and others (2018), The Site Reliability Workbook, chapter 5: the burn rate.</remarks>
    public double? BurnRate => Devices == 0 ? null : Percent * (Devices - Fresh) / (Devices * (Percent - Objective));
}
