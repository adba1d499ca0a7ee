using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Makes and checks password hashes: the framework's, in its third format (PBKDF2 with HMAC-SHA512, 128 bits of salt).</summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>Characters. NIST SP 800-63B asks for 8 and recommends 15; there is no second factor here.</summary>
    public const int MinLength = 12;

    /// <summary>Characters: longer ones cost more to hash than they add.</summary>
    public const int MaxLength = 256;

    /// <summary>For PBKDF2-HMAC-SHA512, OWASP Password Storage Cheat Sheet (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2).</summary>
    private const int Iterations = 210_000;

    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> _dummy;

    /// <summary>Hashing is a tenth of a second of a processor: guesses that come together wait for each other, and pages do not wait for them.</summary>
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    public Passwords() => _dummy = new Lazy<string>(() => _hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>Why a password cannot be one, for people; null when it can.</summary>
    public static string? Objection(string? password, string name) => password switch
    {
        null or { Length: < MinLength } => $"A password needs at least {MinLength} characters. Four words nobody says together are one that can be kept in mind.",
        { Length: > MaxLength } => $"A password has at most {MaxLength} characters.",
        _ when AccountName.KeyOf(password) == AccountName.KeyOf(name) => "A password must not be the name.",
        _ when password.Distinct().Count() < 5 => "A password needs more than four different characters.",
        _ => null,
    };

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => _hasher.HashPassword(Nobody, password), CancellationToken.None);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Whether a password is the one. Takes as long when there is no hash to compare with: the time tells nobody which names exist.</summary>
    public async Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            // Made before it is needed: the first unknown name would take twice as long.
            var standIn = _dummy.Value;
            var right = await Task.Run(() => _hasher.VerifyHashedPassword(Nobody, hash ?? standIn, password) != PasswordVerificationResult.Failed, CancellationToken.None);
            return right && hash is not null;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
