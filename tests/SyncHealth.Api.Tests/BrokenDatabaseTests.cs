using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Api.Tests;

/// <summary>Whatever a database says, a reader is told to come back or what was wrong with the question: never that we have a bug.</summary>
public sealed class BrokenDatabaseTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ApiStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        // Without a schema, so that every statement of a real reader is refused.
        _database = await TestDatabase.CreateEmptyAsync();
        _stage = await ApiStage.StartAsync(new ApiOptions { LoopbackWithoutToken = true }, _database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("58P01")]
    [InlineData("XX001")]
    [InlineData("42P01")]
    [InlineData("53100")]
    [InlineData("22003")]
    [InlineData("22012")]
    public async Task Read_StatementFailsForAReasonOfTheServer_IsUnavailableWithRetryAfter(string sqlState)
    {
        _stage.Readers.Failure = new DatabaseBroken(sqlState);

        foreach (var path in (string[])["vitals?app=notes", "distribution?app=notes&metric=duration", "devices?app=notes"])
            await AssertUnavailableAsync(path);
    }

    [Theory]
    [InlineData("22021")]
    [InlineData("22008")]
    [InlineData("22023")]
    public async Task Read_ValueThatTheDatabaseCannotTake_IsAnInvalidParameter(string sqlState)
    {
        _stage.Readers.Failure = new DatabaseBroken(sqlState);

        using var response = await _stage.GetAsync("/api/v1/vitals?app=%00");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_parameter", await CodeAsync(response));
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task EveryReadRoute_WithoutItsTables_IsUnavailableWithRetryAfter()
    {
        _stage.Readers.Failure = _stage.Releases.Failure = new DatabaseBroken("42P01");
        var routes = _stage.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(route => route.RoutePattern.RawText!)
            .Where(pattern => pattern.StartsWith("/api/v1/", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(routes);
        // What is wrong with the database is the very answer of the doctor.
        foreach (var route in routes.Except(["/api/v1/doctor"]))
            await AssertUnavailableAsync(route["/api/v1/".Length..].Replace("{key}", "00000000000000ff", StringComparison.Ordinal) + "?app=notes&metric=duration");
        Assert.Equal(HttpStatusCode.OK, (await _stage.GetAsync("/api/v1/doctor")).StatusCode);
    }

    private async Task AssertUnavailableAsync(string path)
    {
        using var response = await _stage.GetAsync("/api/v1/" + path);
        Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, response.StatusCode));
        Assert.Equal("storage_unavailable", await CodeAsync(response));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString();
    }
}
