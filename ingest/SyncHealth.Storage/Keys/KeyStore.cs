using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Keys;

/// <summary>Ingest keys. The database holds only their SHA-256: keys are random, so a plain hash cannot be reversed.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="clock">When keys are created, paused and revoked: the shared clock.</param>
/// <param name="cacheClock">
/// How long keys are trusted. The real clock: the cache bounds work of a real database, and a demo's clock that runs sixty times as fast would have it read the
/// keys sixty times as often.
/// </param>
public sealed class KeyStore(NpgsqlDataSource dataSource, TimeProvider clock, TimeProvider cacheClock) : IKeyFinder
{
    /// <summary>How long looked-up keys are trusted: a paused or revoked key can write this much longer.</summary>
    public static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);

    /// <summary>How long a key made in another process may be unknown here. Unknown keys make the keys be read again, all of them together this often.</summary>
    public static readonly TimeSpan NewKeySeenWithin = TimeSpan.FromSeconds(1);

    private const string Prefix = "shk_";
    private const int KeyBytes = 24;

    private static readonly string Insert = SqlFile.Beside<KeyStore>("InsertKey");
    private static readonly string Rotate = SqlFile.Beside<KeyStore>("RotateKey");
    private static readonly string List = SqlFile.Beside<KeyStore>("ListKeys");
    private static readonly string Pause = SqlFile.Beside<KeyStore>("PauseKey");
    private static readonly string Resume = SqlFile.Beside<KeyStore>("ResumeKey");
    private static readonly string Revoke = SqlFile.Beside<KeyStore>("RevokeKey");
    private static readonly string SetOrigins = SqlFile.Beside<KeyStore>("SetKeyOrigins");

    private readonly LiveKeys _live = new(dataSource, cacheClock);

    /// <summary>Creates a key without a limit of its own and returns its text, which is nowhere stored.</summary>
    public async Task<string> CreateAsync(string? appName, string label, IReadOnlyList<string> allowedOrigins, CancellationToken cancellationToken) =>
        (await CreateAsync(new NewKey(appName, label) { AllowedOrigins = allowedOrigins }, cancellationToken)).Text;

    /// <summary>Creates a key.</summary>
    public async Task<CreatedKey> CreateAsync(NewKey wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var text = NewText();
        await InsertAsync(text, wanted, cancellationToken);
        return await DescribeAsync(text, cancellationToken);
    }

    /// <summary>Makes a key of a given text exist (the demo's <c>demo</c>), without a limit of its own; an existing one stays as it is.</summary>
    public Task EnsureAsync(string key, string? appName, string label, IReadOnlyList<string> allowedOrigins, CancellationToken cancellationToken) =>
        InsertAsync(key, new NewKey(appName, label) { AllowedOrigins = allowedOrigins }, cancellationToken);

    /// <summary>Puts a successor beside a key: same app, origins and limit. Both write until one is revoked.</summary>
    /// <returns>The successor; null when there is no such key, it is revoked, or its line has two live keys already.</returns>
    public async Task<CreatedKey?> RotateAsync(string id, CancellationToken cancellationToken)
    {
        var text = NewText();
        return await ChangeAsync(Rotate, new { id, hash = Hash(text), now = clock.GetUtcNow() }, cancellationToken)
            ? await DescribeAsync(text, cancellationToken)
            : null;
    }

    /// <summary>All keys, revoked ones included, oldest first.</summary>
    public async Task<IReadOnlyList<IngestKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<IngestKeyRow>(new CommandDefinition(List, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToKey())];
    }

    /// <summary>Refuses a key until it is resumed; false when there is none or it is revoked.</summary>
    public Task<bool> PauseAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(Pause, new { id, now = clock.GetUtcNow() }, cancellationToken);

    /// <summary>Lets a paused key write again; false when there is none or it is revoked.</summary>
    public Task<bool> ResumeAsync(string id, CancellationToken cancellationToken) => ChangeAsync(Resume, new { id }, cancellationToken);

    /// <summary>Gives a key other web origins (<see cref="WebOrigin"/>), from the next lookup on; false when there is none or it is revoked.</summary>
    public Task<bool> SetOriginsAsync(string id, IReadOnlyList<string> origins, CancellationToken cancellationToken) =>
        ChangeAsync(SetOrigins, new { id, origins = origins.ToArray() }, cancellationToken);

    /// <summary>Revokes a key for good; false when there is none or it was revoked before.</summary>
    public Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(Revoke, new { id, now = clock.GetUtcNow() }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken) => _live.FindAsync(key, cancellationToken);

    /// <inheritdoc/>
    public AppLimits? LimitsOf(string app) => _live.LimitsOf(app);

    /// <summary>Reads keys and limits again at the next lookup: call it after changing what they depend on.</summary>
    public void Forget() => _live.Forget();

    private static string NewText() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static string IdOf(string key) => Convert.ToHexStringLower(Hash(key))[..12];

    private Task<bool> InsertAsync(string key, NewKey wanted, CancellationToken cancellationToken) => ChangeAsync(
        Insert,
        new { hash = Hash(key), wanted.AppName, wanted.Label, origins = wanted.AllowedOrigins.ToArray(), wanted.EventsPerSecond, now = clock.GetUtcNow() },
        cancellationToken);

    private async Task<CreatedKey> DescribeAsync(string text, CancellationToken cancellationToken)
    {
        var id = IdOf(text);
        return new CreatedKey(text, (await ListAsync(cancellationToken)).Single(key => key.Id == id));
    }

    private async Task<bool> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        _live.Forget();
        return changed > 0;
    }
}
