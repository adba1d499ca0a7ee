using Dapper;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>
/// Raw events are joined with an app's segments, profiles and endings, which the planner takes for one row each. Nested, two hundred thousand events of an
/// app with two hundred segments and a thousand profiles took more than ten minutes; by hash, a second (C5 holds the time at its full scale).
/// </summary>
public sealed class RawJoinsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task FunctionsThatJoinEventsWithProfiles_NeverNestThem()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        var functions = (await connection.QueryAsync<(string Name, string[] Settings)>("""
            select proname::text, coalesce(proconfig, '{}') from pg_proc
            where pronamespace = 'synchealth'::regnamespace and prosrc ~ 'profile_groups' and prosrc ~ '(events_on|rule_attempts)'
            """)).ToList();

        Assert.NotEmpty(functions);
        Assert.Empty(functions.Where(function => !function.Settings.Contains("enable_nestloop=off")).Select(function => function.Name));
    }
}
