using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Apps;

/// <summary><c>/api/v1/apps</c>: limits and retention of single apps.</summary>
internal static class AppRoutes
{
    private static readonly string[] Fields = ["eventsPerSecond", "rawDays", "hourDays", "dayDays"];

    public static void Map(RouteGroupBuilder administer)
    {
        administer.MapGet("/apps", ListAsync).WithName("apps").WithSummary("Every known app with what it has of its own.").Produces<AppSettingList>();
        administer.MapPut("/apps/{app}", SaveAsync)
            .WithName("setApp")
            .WithSummary("Sets eventsPerSecond, rawDays, hourDays and dayDays of an app. What is not sent stays; null leaves it to the installation.")
            .Produces<AppSetting>();
    }

    private static async Task<IResult> ListAsync(AppSettingStore settings, CancellationToken cancellationToken) =>
        TypedResults.Json(new AppSettingList(await settings.ListAsync(cancellationToken)), VitalsRoutes.Json);

    private static async Task<IResult> SaveAsync(string app, HttpRequest request, AppSettingStore settings, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var before = (await settings.ListAsync(cancellationToken)).FirstOrDefault(known => known.App == app) ?? new AppSetting(app, null, null, null, null);
        var after = new AppSetting(
            app,
            fields.Has("eventsPerSecond") ? fields.Number("eventsPerSecond", 1, AppLimits.MaxEventsPerSecond) : before.EventsPerSecond,
            Days(fields, "rawDays", before.RawDays),
            Days(fields, "hourDays", before.HourDays),
            Days(fields, "dayDays", before.DayDays));
        await settings.SaveAsync(after, cancellationToken);
        return TypedResults.Json(after, VitalsRoutes.Json);
    }

    private static int? Days(RequestFields fields, string name, int? before) => fields.Has(name) ? fields.Number(name, 1, AppSetting.MaxDays) : before;
}
