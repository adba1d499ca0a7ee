using System.Net;
using System.Net.Http.Headers;
using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Testing;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>Somebody who has no key tries one.</summary>
internal static class StrangersKey
{
    public static async Task<HttpStatusCode> StatusAsync(TestDatabase database, SeededBug bug)
    {
        await using var stage = await IngestStage.StartAsync(database.ConnectionString, new StageSettings { RunLoops = false, Bug = bug });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent("{\"events\":[]}", new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "shk_nobody");
        using var response = await stage.Http.SendAsync(request);
        return response.StatusCode;
    }
}
