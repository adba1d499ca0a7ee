using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api.Presence;

/// <summary><c>GET /api/v1/freshness</c>: a promise such as "95 % within 15 minutes", and what is left of its error budget.</summary>
internal static class FreshnessRoutes
{
    /// <summary>A device counts for 7 days after its last report: beyond them there is nobody to be fresh.</summary>
    private static readonly TimeSpan MaxWithin = TimeSpan.FromDays(7);

    /// <summary>Snapshots are kept for a quarter; a month of hours is what a budget is usually of.</summary>
    private static readonly TimeSpan MaxOver = TimeSpan.FromDays(30);

    private const double LeastObjective = 50;

    /// <summary>A budget of a ten-thousandth: above it there is none to speak of.</summary>
    private const double MostObjective = 99.99;

    private static readonly IReadOnlyList<(string Name, string Description)> Parameters =
    [
        .. ParameterDocs.OfDevices.Where(parameter => parameter.Name != "limit"),
        ("by", "Comma list of app_version, os, os_version, network, device_model, environment, tag:NAME: as of the device's last report."),
        ("within", "How old the last success may be: 15m, 24h, 7d or seconds. Default: 15m, at most 7d."),
        ("objective", "Percent of the devices that are to be fresh, from 50 to 99.99. Default: 95."),
        ("over", "The time over which the error budget counts: 1d, 30d. Default and most: 30d."),
        ("excludeOffline", "true leaves out devices whose last report says that they had no network. Default: false."),
    ];

    public static void Map(RouteGroupBuilder read) =>
        read.MapGet("/freshness", ReadAsync)
            .WithName("freshness")
            .WithSummary("Devices that synced within a time, now and over the last days, against an objective: what is left of its error budget, and how fast it goes.")
            .Produces<FreshnessAnswer>()
            .AddOpenApiOperationTransformer((operation, _, _) => ParameterDocs.Add(operation, Parameters));

    private static async Task<IResult> ReadAsync(HttpRequest request, IFreshnessReader freshness, IAppReader apps, TimeProvider clock, CancellationToken cancellationToken)
    {
        var asked = new FreshnessQuestion { App = QueryParameters.ReadApp(request.Query), Now = clock.GetUtcNow() };
        var question = asked with
        {
            Within = ReadLength(request.Query, "within", MaxWithin, "7d or less") ?? asked.Within,
            Over = ReadLength(request.Query, "over", MaxOver, "30d or less") ?? asked.Over,
            Objective = QueryParameters.ReadNumber(request.Query, "objective", LeastObjective, MostObjective) ?? asked.Objective,
            By = QueryParameters.ReadBy(request.Query),
            Filters = QueryParameters.ReadFilters(request.Query),
            ExcludesOffline = QueryParameters.ReadFlag(request.Query, "excludeOffline") ?? false,
        };
        var groups = await freshness.ReadAsync(question, cancellationToken);
        return groups.Count == 0 && !(await apps.ListAsync(cancellationToken)).Any(known => known.Name == question.App)
            ? Problems.UnknownApp(question.App)
            : TypedResults.Json(new FreshnessAnswer(
                question.App, question.Now, question.Within.TotalSeconds, question.Over.TotalSeconds, question.ExcludesOffline, groups), VitalsRoutes.Json);
    }

    private static TimeSpan? ReadLength(IQueryCollection parameters, string name, TimeSpan most, string allowed) =>
        QueryParameters.ReadLength(parameters, name) is not { } length || length <= most
            ? QueryParameters.ReadLength(parameters, name)
            : throw new InvalidParameterException(name, QueryParameters.Single(parameters, name)!, allowed);
}
