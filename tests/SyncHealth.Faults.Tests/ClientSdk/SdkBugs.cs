using System.Globalization;
using System.Net;
using System.Text;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>The mistakes that can be made when a queue is sent, each by its name (H1).</summary>
internal static class SdkBugs
{
    public static IReadOnlyDictionary<string, SdkBug> All { get; } = new Dictionary<string, SdkBug>
    {
        ["any answer taken for a receipt"] = (request, _) => Task.FromResult(Receipt(request)),
        ["last event of a batch left out"] = (request, send) =>
        {
            request.Events.RemoveAt(request.Events.Count - 1);
            return send(request);
        },
        ["losses not told"] = (request, send) =>
        {
            request.Body.Remove("dropped");
            return send(request);
        },
        ["losses told with each try"] = async (request, send) =>
        {
            (await send(request)).Dispose();
            return await send(request with { Key = request.Key + "-again" });
        },
        ["another name with each try"] = async (request, send) =>
        {
            (await send(request)).Dispose();
            foreach (var e in request.Events)
                e!["id"] = e["id"] + "-again";
            return await send(request);
        },
        ["times by the clock of sending"] = async (request, send) =>
        {
            (await send(request)).Dispose();
            foreach (var e in request.Events)
                e!["timestamp"] = e["timestamp"]!.GetValue<DateTimeOffset>().AddMilliseconds(1).ToString("o", CultureInfo.InvariantCulture);
            return await send(request);
        },
    };

    private static HttpResponseMessage Receipt(SdkRequest request) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(string.Create(CultureInfo.InvariantCulture, $$"""{"accepted":{{request.Events.Count}},"duplicates":0,"rejected":[]}"""), Encoding.UTF8, "application/json"),
    };
}
