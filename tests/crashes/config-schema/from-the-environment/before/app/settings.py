from pydantic_settings import BaseSettings, SettingsConfigDict

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="LAB_", env_file=".env")
    shard_root: str
    scratch: str = "/tmp"

def get():
    return Settings()
