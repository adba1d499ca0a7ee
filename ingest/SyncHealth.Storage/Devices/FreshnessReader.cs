using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads how well promises of freshness are kept: the fleet now, and on each full hour of the past.</summary>
public sealed class FreshnessReader(NpgsqlDataSource dataSource) : IFreshnessReader
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);
    private static readonly string FleetAt = SqlFile.Beside<VitalsReader>("FleetAt");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FreshnessBudget>> ReadAsync(FreshnessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        Dimensions.CheckDescribesDevices(question.By);
        Dimensions.CheckDescribesDevices(question.Filters);
        var now = question.Now.UtcDateTime;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var moments = await connection.QueryAsync<FleetMoment>(new CommandDefinition(
            FleetAt,
            new
            {
                app = question.App, now, by = OnlineDevices.Dimensions(question.By, question.ExcludesOffline), filters = Dimensions.FilterTexts(question.Filters),
                moments = HoursOf(now, question.Over).Append(now).ToArray(),
            },
            cancellationToken: cancellationToken));
        return [.. moments.Where(moment => !question.ExcludesOffline || OnlineDevices.Holds(question.By, moment.GroupKey))
            .GroupBy(moment => OnlineDevices.KeyOf(question.By, moment.GroupKey), GroupOrder.Instance)
            .OrderBy(group => group.Key, GroupOrder.Instance)
            .Select(group => BudgetOf(question, group.Key, group.ToLookup(moment => moment.Moment == now)))];
    }

    private static FreshnessBudget BudgetOf(FreshnessQuestion question, string[] key, ILookup<bool, FleetMoment> moments) => new(
        GroupOrder.ByOf(question.By, key), question.Objective,
        moments[true].Sum(moment => moment.Devices), moments[true].Sum(moment => moment.Devices - StaleOf(moment, question.Within)),
        moments[false].Select(moment => moment.Moment).Distinct().Count(),
        moments[false].Sum(moment => moment.Devices), moments[false].Sum(moment => StaleOf(moment, question.Within)));

    private static long StaleOf(FleetMoment moment, TimeSpan within) =>
        moment.ValuesOf(DistributionMetric.Staleness).Where(age => age.Value > within.TotalSeconds).Sum(age => age.Count);

    /// <summary>The full hours of the time before now: snapshots older than two days are those of the hour.</summary>
    private static IEnumerable<DateTime> HoursOf(DateTime now, TimeSpan over)
    {
        var first = (now - over).AddTicks(Step.Ticks - 1);
        for (var hour = first.AddTicks(-(first.Ticks % Step.Ticks)); hour < now; hour += Step)
            yield return hour;
    }
}
