FROM = "data/procesed"
