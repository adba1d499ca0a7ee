using SyncHealth.Dashboard.Access;

namespace SyncHealth.Dashboard.Tests.Access;

public sealed class PasswordsTests
{
    private const string Good = "correct horse battery";

    [Fact]
    public async Task Verify_TakesTheRightOneOnly()
    {
        using var passwords = new Passwords();
        var hash = await passwords.HashAsync(Good, CancellationToken.None);
        Assert.True(await passwords.VerifyAsync(hash, Good, CancellationToken.None));
        Assert.False(await passwords.VerifyAsync(hash, Good + " ", CancellationToken.None));
        Assert.NotEqual(hash, await passwords.HashAsync(Good, CancellationToken.None));
    }

    /// <summary>Whoever has no account is told no after the same work.</summary>
    [Fact]
    public async Task Verify_WithoutAHash_IsNever()
    {
        using var passwords = new Passwords();
        Assert.False(await passwords.VerifyAsync(null, Good, CancellationToken.None));
    }

    /// <summary>The third format writes its parameters in front: marker, PRF (2 is HMAC-SHA512) and iterations, each big-endian.</summary>
    [Fact]
    public async Task Hash_IsPbkdf2AsOwaspAsks()
    {
        using var passwords = new Passwords();
        var bytes = Convert.FromBase64String(await passwords.HashAsync(Good, CancellationToken.None));
        Assert.Equal(1, bytes[0]);
        Assert.Equal(2, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)));
        Assert.Equal(210_000, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(5)));
    }

    [Theory]
    [InlineData(null, "at least 12")]
    [InlineData("short", "at least 12")]
    [InlineData("elevenchars", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    [InlineData("Annabel Example", "must not be the name")]
    public void Objection_NoPassword_SaysWhy(string? password, string reason) =>
        Assert.Contains(reason, Passwords.Objection(password, "annabel example"), StringComparison.Ordinal);

    [Fact]
    public void Objection_Password_IsNone()
    {
        Assert.Null(Passwords.Objection(Good, "ann"));
        Assert.Null(Passwords.Objection(new string('x', Passwords.MaxLength - 8) + "abcdefgh", "ann"));
        Assert.NotNull(Passwords.Objection(new string('x', Passwords.MaxLength) + "abcdefgh", "ann"));
    }
}
